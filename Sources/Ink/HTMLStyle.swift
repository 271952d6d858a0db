import Drawing

/// The one style sheet: for screens of any width, and for paper.
enum HTMLStyle {
    static func sheet(_ theme: Theme, _ families: FontFamilies) -> String {
        let writer = SVGWriter(families)
        let spans = (1...12).map { ".s\($0){grid-column:span \($0)}" }.joined()
        return """
            :root{--ink:\(css(theme.ink));--text:\(css(theme.text));--quiet:\(css(theme.quiet));\
            --blue:\(css(theme.blue));--orange:\(css(theme.orange));--line:\(css(theme.hairline))}
            *{box-sizing:border-box}
            html{-webkit-text-size-adjust:100%}
            body{margin:0 auto;max-width:1090px;padding:24px 32px 48px;background:#fff;color:var(--text);\
            font:15px/1.45 \(writer.textFamily);font-feature-settings:"calt" 0;overflow-wrap:break-word}
            h1,h2,h3,h4,p{margin:0}
            h1{font-size:16px;font-weight:600;color:var(--ink);border-top:3px solid var(--blue);\
            padding-top:8px;display:inline-block}
            h2{font:600 28px/1.2 \(writer.displayFamily);letter-spacing:-.01em;color:var(--ink)}
            h3{font-size:16px;line-height:1.3;font-weight:600;color:var(--ink)}
            h4{font-size:14px;font-weight:600;color:var(--ink);margin-top:10px}
            a{color:var(--blue)}
            a:focus-visible{outline:2px solid var(--blue);outline-offset:2px}
            strong{font-weight:600;color:var(--ink)}
            .bad,.bad strong,strong .bad{color:var(--orange);font-weight:600}
            .good,strong .good{color:var(--blue)}
            nav{margin:16px 0 8px}
            nav h2{font-size:14px}
            nav ol{margin:6px 0 0;padding-left:1.4em}
            nav li{padding:2px 0}
            .page{padding-top:34px}
            .question{display:flex;justify-content:space-between;gap:4px 16px;flex-wrap:wrap;color:var(--blue);\
            font-size:12px;font-weight:600;text-transform:uppercase;letter-spacing:.02em}
            .question span{color:var(--text);font-weight:400;text-transform:none;font-size:13px;letter-spacing:0}
            .sentence{margin-top:6px;font-size:16px}
            .panels{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));\
            gap:28px 24px;margin-top:20px;align-items:start}
            \(spans)
            .panel{border-top:1px solid var(--ink);padding-top:8px;min-width:0}
            .panel.signal{border-top:4px solid var(--orange)}
            .panel p{font-size:14px;margin-top:6px}
            .panel .sub{margin-top:2px;color:var(--quiet)}
            .panel>svg{display:block;width:100%;height:auto;margin-top:10px;overflow:visible}
            svg{font-family:\(writer.textFamily)}
            svg text{white-space:pre;font-feature-settings:"calt" 0}
            svg .t{font-feature-settings:"calt" 0,"tnum"}
            .panel>svg.n{display:none}
            svg.mark{display:inline-block;width:auto;margin:0;vertical-align:baseline}
            .fact{display:flex;justify-content:space-between;gap:2px 16px;flex-wrap:wrap}
            .scroll{overflow-x:auto;margin-top:8px}
            table{border-collapse:collapse;width:100%;font-size:14px;font-feature-settings:"calt" 0,"tnum"}
            th,td{padding:4px 12px 4px 0;text-align:left;vertical-align:top;\
            border-bottom:1px solid var(--line);font-weight:400}
            th:last-child,td:last-child{padding-right:0}
            th[scope=col]{color:var(--quiet);font-size:13px;vertical-align:bottom}
            th[scope=row]{color:var(--ink)}
            .r{text-align:right}
            footer{margin-top:16px;border-top:1px solid var(--line);padding-top:6px;font-size:12.5px;color:var(--quiet)}
            @media (max-width:820px){
            body{padding:16px 16px 40px}
            .panels{grid-template-columns:repeat(2,minmax(0,1fr))}
            .s7,.s8,.s9,.s10,.s11,.s12{grid-column:span 2}
            .s1,.s2,.s3,.s4,.s5,.s6{grid-column:span 1}
            h2{font-size:23px}
            }
            @media (max-width:620px){
            .panels{display:block}
            .panel{margin-top:26px}
            .panel>svg.w{display:none}
            .panel>svg.n{display:block}
            }
            @media print{
            @page{size:A4 landscape;margin:12mm}
            body{max-width:none;padding:0;font-size:12px}
            nav{display:none}
            h2{font-size:22px}
            .panels{display:grid;grid-template-columns:repeat(12,minmax(0,1fr));gap:16px 18px}
            .panel{margin-top:0;break-inside:avoid}
            .panel p,table{font-size:11px}
            .page{break-before:page;padding-top:0}
            h2,h3{break-after:avoid}
            .scroll{overflow:visible}
            \(spans)
            .panel>svg.w{display:block}
            .panel>svg.n{display:none}
            }
            """
    }

    private static func css(_ color: Color) -> String {
        "#" + [color.red, color.green, color.blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
