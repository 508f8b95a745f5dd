//! The page. It is a part of the program, so that one file is all there is to deploy.

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;

use crate::app::App;

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// Path, media type, content.
const FILES: &[(&str, &str, &str)] = &[
    ("/", HTML, include_str!("../page/index.html")),
    ("/style.css", CSS, include_str!("../page/style.css")),
    ("/app.js", JAVASCRIPT, include_str!("../page/app.js")),
    ("/api.js", JAVASCRIPT, include_str!("../page/api.js")),
    ("/send.js", JAVASCRIPT, include_str!("../page/send.js")),
    ("/parts.js", JAVASCRIPT, include_str!("../page/parts.js")),
    ("/problem.js", JAVASCRIPT, include_str!("../page/problem.js")),
    ("/card.js", JAVASCRIPT, include_str!("../page/card.js")),
    ("/format.js", JAVASCRIPT, include_str!("../page/format.js")),
    ("/icon.svg", "image/svg+xml", include_str!("../page/icon.svg")),
];

pub(crate) fn router() -> Router<App> {
    FILES.iter().fold(Router::new(), |router, &(path, media_type, content)| {
        router.route(path, get(([(CONTENT_TYPE, media_type)], content)))
    })
}
