package dev.latencylens.results.page;

import dev.latencylens.results.run.PageJson;

/** A page as one file: what browsers may do with it comes before all else that it holds. */
final class PageHtml {
  private PageHtml() {}

  static String of(PageParts parts, PageContent content) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content=\""""
        + parts.policy()
        + """
        ">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>Latency Lens</title>
        <style>"""
        + parts.style()
        + """
        </style>
        </head>
        <body>
        <noscript>This page is drawn by a program, which your browser does not run. The tables beside \
        it have the same figures.</noscript>
        <div id="page"></div>
        <script type="application/json" id="run">"""
        + PageJson.text(SafeTexts.in(PageJson.tree(content)))
        + "</script>\n<script>"
        + parts.library()
        + "</script>\n<script>"
        + parts.program()
        + "</script>\n</body>\n</html>\n";
  }
}
