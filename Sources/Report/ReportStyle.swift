/// The style of the page: one sheet for light and dark, screen and paper, 360 to 1200 pixels.
enum ReportStyle {
    static let sheet: StaticString = """
        :root{color-scheme:light dark;--paper:#f6f7f9;--card:#fff;--ink:#16202c;--soft:#566372;--line:#dde3ea;--tint:#eef2f6;\
        --accepted:#1f7a4d;--rejected:#b3352c;--malformed:#8a5a12;--deferred:#2a63b8;--duplicate:#6b7684;--mark:#0f3d63;\
        --warn:#fff5dc;--warnline:#e3c06a}
        @media(prefers-color-scheme:dark){:root{--paper:#0f151c;--card:#17202a;--ink:#e6ecf2;--soft:#9aa8b7;--line:#2a3744;\
        --tint:#1e2a36;--accepted:#4fc08a;--rejected:#f0847a;--malformed:#dba85a;--deferred:#7fb0f2;--duplicate:#95a2b1;\
        --mark:#a9cdec;--warn:#2d2718;--warnline:#6d5a2a}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,\
        "Helvetica Neue",Arial,"DejaVu Sans",sans-serif;-webkit-text-size-adjust:100%}
        main{max-width:1080px;margin:0 auto;padding:28px 20px 48px}
        h1{font-size:clamp(1.45rem,1.1rem + 1.6vw,2.1rem);line-height:1.2;margin:.35em 0 .4em;font-weight:650;\
        letter-spacing:-.01em;max-width:24em;text-wrap:balance}
        h2{font-size:1.08rem;margin:0 0 .2em;font-weight:650}
        p{margin:.3em 0}
        .brand{font-size:.78rem;letter-spacing:.09em;text-transform:uppercase;color:var(--mark);font-weight:650;margin:0}
        .lead{color:var(--soft);max-width:46em;margin:0 0 1em}
        .meta{display:flex;flex-wrap:wrap;gap:.35em .5em;margin:0 0 1.4em;padding:0;list-style:none;font-size:.86rem}
        .meta li{background:var(--tint);border:1px solid var(--line);border-radius:99px;padding:.12em .75em;\
        max-width:100%;overflow-wrap:anywhere}
        section{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:18px 20px 16px;margin:0 0 16px}
        .note{color:var(--soft);font-size:.88rem;margin:.1em 0 .8em;max-width:52em}
        .notice{background:var(--warn);border-color:var(--warnline)}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(118px,1fr));gap:10px;margin:0 0 14px;padding:0;\
        list-style:none}
        .cards li{border:1px solid var(--line);border-left-width:4px;border-radius:8px;padding:8px 12px 9px;background:var(--card)}
        .cards b{display:block;font-size:1.5rem;line-height:1.2;font-weight:650;font-variant-numeric:tabular-nums}
        .cards span{font-size:.84rem;color:var(--soft)}
        .accepted{border-left-color:var(--accepted)!important}.rejected{border-left-color:var(--rejected)!important}
        .malformed{border-left-color:var(--malformed)!important}.deferred{border-left-color:var(--deferred)!important}
        .duplicate{border-left-color:var(--duplicate)!important}
        .none{opacity:.55}
        .fa{fill:var(--accepted);background:var(--accepted)}.fr{fill:var(--rejected);background:var(--rejected)}
        .fm{fill:var(--malformed);background:var(--malformed)}.fd{fill:var(--deferred);background:var(--deferred)}
        .fu{fill:var(--duplicate);background:var(--duplicate)}
        svg{display:block;width:100%;height:auto}
        svg text{fill:var(--soft);font:12px system-ui,-apple-system,"Segoe UI",Roboto,Arial,"DejaVu Sans",sans-serif}
        .grid{stroke:var(--line);stroke-width:1}.curve{fill:none;stroke:var(--mark);stroke-width:2;stroke-linejoin:round}
        .area{fill:var(--mark);opacity:.12}
        .bar{display:flex;height:12px;border-radius:6px;overflow:hidden;background:var(--tint);min-width:60px}
        .bar i{display:block;height:100%}
        table{border-collapse:collapse;width:100%;font-size:.92rem}
        th{font-weight:600;text-align:left;color:var(--soft);font-size:.8rem;padding:4px 12px 6px 0;\
        border-bottom:1px solid var(--line)}
        td{padding:7px 12px 7px 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
        tr:last-child td{border-bottom:0}
        th:last-child,td:last-child{padding-right:0}
        .num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        .wide{width:34%}
        .word{white-space:nowrap}
        code{font:.86em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
        .rule{display:inline-block;font:600 .8em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;\
        background:var(--tint);border:1px solid var(--line);border-radius:5px;padding:.05em .45em;white-space:nowrap}
        .refusals{list-style:none;margin:0;padding:0}
        .refusals li{padding:10px 0 11px;border-bottom:1px solid var(--line)}
        .refusals li:last-child{border-bottom:0;padding-bottom:0}
        .who{font-weight:600;overflow-wrap:anywhere}
        .soft{color:var(--soft);font-size:.87rem;overflow-wrap:anywhere}
        .why{overflow-wrap:anywhere}.todo{overflow-wrap:anywhere;font-size:.92rem}
        .todo b{font-weight:600}
        dl{display:grid;grid-template-columns:minmax(9em,max-content) 1fr;gap:4px 18px;margin:0;font-size:.92rem}
        dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
        summary{cursor:pointer;color:var(--mark);font-size:.9rem;padding:8px 0 4px}
        footer{color:var(--soft);font-size:.84rem;margin-top:18px}
        td .bar{margin-top:.38em}
        @media(max-width:620px){main{padding:18px 12px 32px}section{padding:14px 14px 12px}.wide,.hide{display:none}\
        dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:6px}.cards{grid-template-columns:repeat(2,1fr)}\
        th{font-size:.72rem;padding-right:6px}td{padding-right:8px}td.num,th.num{padding-right:0;padding-left:5px}\
        .cards li:last-child:nth-child(odd){grid-column:1/-1}}
        @media print{:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#bbb;--tint:#f2f2f2;--accepted:#1f7a4d;\
        --rejected:#b3352c;--malformed:#8a5a12;--deferred:#2a63b8;--duplicate:#6b7684;--mark:#0f3d63;--warn:#fff}\
        details:not([open])::details-content{display:block;content-visibility:visible}body{font-size:10.5pt}main{max-width:none;padding:0}section{border:0;border-top:1px solid var(--line);\
        border-radius:0;padding:10px 0}.refusals li,tr,.cards li{break-inside:avoid}h2,.note,tr:first-child{break-after:avoid}\
        .bar,.bar i,.cards li{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
        """
}
