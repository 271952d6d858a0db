#include "CPdf.h"

// qpdf asks users to say which smart pointers they use: the standard ones.
#define POINTERHOLDER_TRANSITION 4

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include <libdeflate.h>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

namespace {

using Object = QPDFObjectHandle;

/// One walk over the structure tree, in reading order.
class Structure {
public:
    explicit Structure(const kpi_pdf_additions &additions) : additions(additions) {}

    void finish(Object root) {
        auto kept = walk(root, 0);
        (void)kept;
        if (figures != additions.alternative_count) {
            throw std::runtime_error(
                "the structure tree has " + std::to_string(figures) + " figures, the page "
                + std::to_string(additions.alternative_count));
        }
        if (links != additions.link_text_count) {
            throw std::runtime_error(
                "the structure tree has " + std::to_string(links) + " links, the page "
                + std::to_string(additions.link_text_count));
        }
        forget(root.getKey("/ParentTree"));
    }

    /// How many pieces of a page's content are artifacts, by the page's object.
    std::map<QPDFObjGen, size_t> artifacts;

private:
    const kpi_pdf_additions &additions;
    size_t figures = 0;
    size_t links = 0;
    std::set<QPDFObjGen> removed;

    /// False: the element is an artifact, or holds nothing else, and leaves the tree.
    bool walk(Object element, int depth) {
        if (depth > 400) throw std::runtime_error("the structure tree is nested too deeply");
        std::string kind = element.getKey("/S").isName() ? element.getKey("/S").getName() : "";
        if (kind == "/NonStruct") {
            countArtifacts(element);
            removed.insert(element.getObjGen());
            return false;
        }
        if (kind == "/Figure" && figures < additions.alternative_count) {
            element.replaceKey("/Alt", Object::newUnicodeString(additions.alternatives[figures]));
        }
        if (kind == "/Figure") figures++;
        if (kind == "/Link") link(element);
        if (kind == "/TR") scopes(element);
        return walkChildren(element, kind, depth);
    }

    bool walkChildren(Object element, const std::string &kind, int depth) {
        Object kids = element.getKey("/K");
        bool dropped = false;
        Object kept = Object::newArray();
        for (auto &kid : list(kids)) {
            bool isElement = kid.isDictionary() && kid.hasKey("/S");
            if (!isElement || walk(kid, depth + 1)) {
                kept.appendItem(kid);
            } else {
                dropped = true;
            }
        }
        if (!dropped) return true;
        element.replaceKey("/K", kept);
        bool mayBeEmpty = kind == "/TD" || kind == "/TH" || kind == "/Document" || kind.empty();
        if (kept.getArrayNItems() == 0 && !mayBeEmpty) {
            removed.insert(element.getObjGen());
            return false;
        }
        return true;
    }

    static std::vector<Object> list(Object kids) {
        if (kids.isArray()) return kids.getArrayAsVector();
        if (kids.isNull()) return {};
        return {kids};
    }

    void countArtifacts(Object element) {
        Object page = element.getKey("/Pg");
        for (auto &kid : list(element.getKey("/K"))) {
            if (kid.isInteger()) {
                artifacts[page.getObjGen()]++;
            } else if (kid.isDictionary() && kid.hasKey("/MCID")) {
                Object own = kid.getKey("/Pg");
                artifacts[(own.isNull() ? page : own).getObjGen()]++;
            }
        }
    }

    void link(Object element) {
        if (links < additions.link_text_count) {
            for (auto &kid : list(element.getKey("/K"))) {
                if (!kid.isDictionary() || !kid.hasKey("/Obj")) continue;
                Object annotation = kid.getKey("/Obj");
                annotation.replaceKey("/Contents", Object::newUnicodeString(additions.link_texts[links]));
                // Bit 3: printed as it is on the screen.
                annotation.replaceKey("/F", Object::newInteger(4));
            }
        }
        links++;
    }

    /// Header cells head their columns in a row of headers (a corner may be empty), their row otherwise.
    static void scopes(Object row) {
        auto cells = list(row.getKey("/K"));
        size_t headers = 0, others = 0;
        for (auto &cell : cells) {
            if (!cell.isDictionary()) continue;
            if (cell.getKey("/S").isNameAndEquals("/TH")) headers++;
            if (cell.getKey("/S").isNameAndEquals("/TD")) others++;
        }
        bool headColumns = others == 0 || headers > 1;
        for (auto &cell : cells) {
            if (!cell.isDictionary() || !cell.getKey("/S").isNameAndEquals("/TH")) continue;
            Object attributes = Object::newDictionary();
            attributes.replaceKey("/O", Object::newName("/Table"));
            attributes.replaceKey("/Scope", Object::newName(headColumns ? "/Column" : "/Row"));
            cell.replaceKey("/A", attributes);
        }
    }

    /// Content that left the tree has no parent in the parent tree either.
    void forget(Object tree) {
        if (removed.empty() || !tree.isDictionary()) return;
        for (auto &part : list(tree.getKey("/Kids"))) forget(part);
        Object numbers = tree.getKey("/Nums");
        if (!numbers.isArray()) return;
        for (int i = 1; i < numbers.getArrayNItems(); i += 2) {
            Object parents = numbers.getArrayItem(i);
            if (!parents.isArray()) continue;
            for (int j = 0; j < parents.getArrayNItems(); j++) {
                if (removed.count(parents.getArrayItem(j).getObjGen())) parents.setArrayItem(j, Object::newNull());
            }
        }
    }
};

/// `/NonStruct << /MCID 7 >> BDC` becomes `/Artifact BMC`; answers how many.
size_t renameArtifacts(const std::string &content, std::string &renamed) {
    static const std::string tag = "/NonStruct", operation = "BDC";
    size_t count = 0, from = 0;
    renamed.reserve(content.size());
    for (size_t at = content.find(tag); at != std::string::npos; at = content.find(tag, at + 1)) {
        size_t open = content.find_first_not_of(' ', at + tag.size());
        if (open == std::string::npos || content.compare(open, 2, "<<") != 0) continue;
        size_t close = content.find(">>", open);
        if (close == std::string::npos) continue;
        size_t end = content.find_first_not_of(" \n", close + 2);
        if (end == std::string::npos || content.compare(end, operation.size(), operation) != 0) continue;
        renamed.append(content, from, at - from);
        renamed.append("/Artifact BMC");
        from = end + operation.size();
        count++;
    }
    renamed.append(content, from, std::string::npos);
    return count;
}

/// A stream's bytes as they were before Cairo compressed them.
std::string text(Object stream) {
    if (!stream.getDict().getKey("/Filter").isNameAndEquals("/FlateDecode")) {
        auto plain = stream.getStreamData(qpdf_dl_generalized);
        return std::string(reinterpret_cast<const char *>(plain->getBuffer()), plain->getSize());
    }
    auto raw = stream.getRawStreamData();
    std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor *)> inflater(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!inflater) throw std::bad_alloc();
    std::string plain(std::max<size_t>(raw->getSize() * 8, 4096), '\0');
    for (;;) {
        size_t count = 0;
        auto outcome = libdeflate_zlib_decompress(
            inflater.get(), raw->getBuffer(), raw->getSize(), plain.data(), plain.size(), &count);
        if (outcome == LIBDEFLATE_SUCCESS) {
            plain.resize(count);
            return plain;
        }
        if (outcome != LIBDEFLATE_INSUFFICIENT_SPACE) throw std::runtime_error("a page's content is damaged");
        plain.resize(plain.size() * 2);
    }
}

/// Compressed as qpdf would, in a third of the time.
std::string deflated(const std::string &plain) {
    std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor *)> deflater(
        libdeflate_alloc_compressor(6), libdeflate_free_compressor);
    if (!deflater) throw std::bad_alloc();
    std::string packed(libdeflate_zlib_compress_bound(deflater.get(), plain.size()), '\0');
    packed.resize(libdeflate_zlib_compress(
        deflater.get(), plain.data(), plain.size(), packed.data(), packed.size()));
    if (packed.empty()) throw std::runtime_error("a page's content could not be compressed");
    return packed;
}

void markArtifacts(QPDF &pdf, const std::map<QPDFObjGen, size_t> &artifacts) {
    for (Object page : pdf.getAllPages()) {
        if (page.hasKey("/Annots")) page.replaceKey("/Tabs", Object::newName("/S"));
        auto expected = artifacts.find(page.getObjGen());
        if (expected == artifacts.end()) continue;
        Object contents = page.getKey("/Contents");
        if (!contents.isStream()) throw std::runtime_error("a page's content is not one stream");
        std::string renamed;
        if (renameArtifacts(text(contents), renamed) != expected->second) {
            throw std::runtime_error("a page's artifacts were not all found in its content");
        }
        contents.replaceStreamData(deflated(renamed), Object::newName("/FlateDecode"), Object::newNull());
    }
}

void describe(QPDF &pdf, const kpi_pdf_additions &additions) {
    Object root = pdf.getRoot();
    root.replaceKey("/Lang", Object::newUnicodeString(additions.language));
    Object viewer = Object::newDictionary();
    viewer.replaceKey("/DisplayDocTitle", Object::newBool(true));
    root.replaceKey("/ViewerPreferences", viewer);
    std::string xmp(reinterpret_cast<const char *>(additions.xmp), additions.xmp_count);
    Object metadata = pdf.newStream(xmp);
    metadata.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    metadata.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    root.replaceKey("/Metadata", metadata);
}

/// Cairo makes no tree for pages on which nothing is drawn.
Object structureTree(QPDF &pdf) {
    Object root = pdf.getRoot();
    Object tree = root.getKey("/StructTreeRoot");
    if (tree.isDictionary()) return tree;
    tree = pdf.makeIndirectObject(Object::parse("<< /Type /StructTreeRoot >>"));
    Object document = pdf.makeIndirectObject(Object::parse("<< /Type /StructElem /S /Document >>"));
    document.replaceKey("/P", tree);
    tree.replaceKey("/K", document);
    root.replaceKey("/StructTreeRoot", tree);
    root.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
    return tree;
}

std::shared_ptr<Buffer> finish(const uint8_t *bytes, size_t count, const kpi_pdf_additions &additions) {
    QPDF pdf;
    pdf.setSuppressWarnings(true);
    pdf.processMemoryFile("drawing", reinterpret_cast<const char *>(bytes), count);
    describe(pdf, additions);
    Structure structure(additions);
    structure.finish(structureTree(pdf));
    markArtifacts(pdf, structure.artifacts);

    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.write();
    auto warnings = pdf.getWarnings();
    if (!warnings.empty()) throw std::runtime_error(warnings.front().what());
    return writer.getBufferSharedPointer();
}

char *copy(const char *text) {
    char *copied = static_cast<char *>(std::malloc(std::strlen(text) + 1));
    if (copied) std::strcpy(copied, text);
    return copied;
}

}  // namespace

extern "C" uint8_t *kpi_pdf_finish(
    const uint8_t *bytes, size_t count, const kpi_pdf_additions *additions, size_t *out_count, char **error) {
    *error = nullptr;
    *out_count = 0;
    try {
        auto finished = finish(bytes, count, *additions);
        auto out = static_cast<uint8_t *>(std::malloc(finished->getSize()));
        if (!out) throw std::bad_alloc();
        std::memcpy(out, finished->getBuffer(), finished->getSize());
        *out_count = finished->getSize();
        return out;
    } catch (const std::exception &problem) {
        *error = copy(problem.what());
    } catch (...) {
        *error = copy("unknown");
    }
    return nullptr;
}

extern "C" void kpi_pdf_free(void *memory) { std::free(memory); }
