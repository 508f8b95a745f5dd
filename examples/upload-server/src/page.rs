//! The page. It is a part of the program, so that there is only one file to deploy.

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
    ("/retry.js", JAVASCRIPT, include_str!("../page/retry.js")),
    ("/send.js", JAVASCRIPT, include_str!("../page/send.js")),
    ("/parts.js", JAVASCRIPT, include_str!("../page/parts.js")),
    ("/upload.js", JAVASCRIPT, include_str!("../page/upload.js")),
    ("/settings.js", JAVASCRIPT, include_str!("../page/settings.js")),
    ("/login.js", JAVASCRIPT, include_str!("../page/login.js")),
    ("/files.js", JAVASCRIPT, include_str!("../page/files.js")),
    ("/types.js", JAVASCRIPT, include_str!("../page/types.js")),
    ("/card.js", JAVASCRIPT, include_str!("../page/card.js")),
    ("/links.js", JAVASCRIPT, include_str!("../page/links.js")),
    ("/waiting.js", JAVASCRIPT, include_str!("../page/waiting.js")),
    ("/say.js", JAVASCRIPT, include_str!("../page/say.js")),
    ("/problem.js", JAVASCRIPT, include_str!("../page/problem.js")),
    ("/format.js", JAVASCRIPT, include_str!("../page/format.js")),
    ("/clock.js", JAVASCRIPT, include_str!("../page/clock.js")),
    ("/icon.svg", "image/svg+xml", include_str!("../page/icon.svg")),
];

pub(crate) fn router() -> Router<App> {
    FILES.iter().fold(Router::new(), |router, &(path, media_type, content)| {
        router.route(path, get(([(CONTENT_TYPE, media_type)], content)))
    })
}
