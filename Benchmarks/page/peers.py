"""The page of page.json drawn by typst and by matplotlib: medians of CPU time, one line a figure, as page prints them.

    peers.py typst|matplotlib RUNS FONTS
"""
import io, json, os, re, statistics, sys, time

HERE = os.path.dirname(os.path.abspath(__file__))
WHICH, RUNS, FONTS = sys.argv[1], int(sys.argv[2]), sys.argv[3]
with open(os.path.join(HERE, "page.json")) as file:
    LIST = json.load(file)


def segments(path):
    tokens = re.findall(r"[MLCZ]|-?[\d.]+", path)
    at, found = 0, []
    while at < len(tokens):
        count = {"M": 2, "L": 2, "C": 6, "Z": 0}[tokens[at]]
        found.append((tokens[at], [float(value) for value in tokens[at + 1:at + 1 + count]]))
        at += 1 + count
    while found and found[-1][0] == "M":
        found.pop()
    return found


def measure(name, draw):
    draw(0)
    times = []
    for run in range(1, RUNS + 1):
        start = time.process_time()
        drawn = draw(run)
        times.append((time.process_time() - start) * 1e3)
    print("%s\t%.2f\t%.2f\t%d" % (name, statistics.median(times), min(times), len(drawn)), flush=True)


def typst():
    import typst as engine

    def color(c):
        return "rgb(%.2f%%,%.2f%%,%.2f%%,%.1f%%)" % tuple(100 * part for part in c)

    out = ['#set page(width:842pt,height:595pt,margin:0pt)\n#set par(spacing:0pt)\n'
           '#let off=float(sys.inputs.at("off",default:"0"))*1pt\n']
    for one in LIST:
        if one["k"] == "t":
            text = one["s"].replace("\\", "\\\\").replace('"', '\\"')
            digits = 'number-width:"tabular",' if one["tn"] else ""
            out.append(
                f'#place(top+left,dx:{one["x"]}pt+off,dy:{one["y"]}pt,text(font:"{one["fam"]}",size:{one["size"]}pt,'
                f'weight:{one["wt"]},fill:{color(one["c"])},tracking:{one["tr"]}pt,{digits}'
                f'top-edge:"baseline",bottom-edge:"baseline","{text}"))\n')
            continue
        steps = []
        for kind, values in segments(one["d"]):
            points = ",".join(f"({values[i]}pt,{values[i + 1]}pt)" for i in range(0, len(values), 2))
            steps.append({"M": "curve.move", "L": "curve.line", "C": "curve.cubic", "Z": "curve.close"}[kind] + f"({points})")
        if one["k"] == "f":
            style = f'fill:{color(one["c"])}'
        else:
            dash = f',dash:({",".join(f"{value}pt" for value in one["dash"])})' if one["dash"] else ""
            style = f'fill:none,stroke:(paint:{color(one["c"])},thickness:{one["w"]}pt{dash})'
        out.append(f'#place(top+left,dx:off,curve({style},{",".join(steps)}))\n')
    source = os.path.join(os.environ.get("TMPDIR", "/tmp"), "page-peer.typ")
    with open(source, "w") as file:
        file.write("".join(out))
    compiler = engine.Compiler(source, font_paths=[FONTS], ignore_system_fonts=True)

    def draw(run, **how):
        return compiler.compile(sys_inputs={"off": str(run * 0.01)}, **how)

    measure("pdf alone", lambda run: draw(run, format="pdf"))
    measure("png 150", lambda run: draw(run, format="png", ppi=150.0))


def matplotlib():
    import matplotlib as engine
    engine.use("Agg")
    engine.rcParams["pdf.fonttype"] = 42
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path
    weights = {400: "Regular", 500: "Medium", 600: "SemiBold"}

    def font(family, weight):
        name = f"{FONTS}/{family.replace(' ', '')}-{weights[weight]}.otf"
        return FontProperties(fname=name if os.path.exists(name) else f"{FONTS}/InterDisplay-SemiBold.otf")

    fonts = {(one["fam"], one["wt"]): font(one["fam"], one["wt"]) for one in LIST if one["k"] == "t"}
    codes = {"M": [1], "L": [2], "C": [4, 4, 4], "Z": [79]}

    def figure(run):
        figure = Figure(figsize=(842 / 72, 595 / 72))
        FigureCanvasAgg(figure)
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_xlim(0, 842)
        axes.set_ylim(595, 0)
        axes.axis("off")
        for order, one in enumerate(LIST):
            if one["k"] == "t":
                axes.text(
                    one["x"] + run * 0.01, one["y"], one["s"], fontproperties=fonts[(one["fam"], one["wt"])],
                    fontsize=one["size"], color=one["c"], ha="left", va="baseline", zorder=order)
                continue
            points, kinds = [], []
            for kind, values in segments(one["d"]):
                points += [(0, 0)] if kind == "Z" else list(zip(values[::2], values[1::2]))
                kinds += codes[kind]
            fill = one["k"] == "f"
            axes.add_patch(PathPatch(
                Path(points, kinds), fc=one["c"] if fill else "none", ec="none" if fill else one["c"],
                lw=one.get("w", 0), ls=(0, one["dash"]) if one.get("dash") else "-", zorder=order, clip_on=False))
        return figure

    def draw(run, **how):
        out = io.BytesIO()
        figure(run).savefig(out, **how)
        return out.getvalue()

    measure("pdf alone", lambda run: draw(run, format="pdf"))
    measure("png 150", lambda run: draw(run, format="png", dpi=150))


typst() if WHICH == "typst" else matplotlib()
