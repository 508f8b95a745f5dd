//! The page and its headers.

use reqwest::Method;

use crate::server::{Server, aws, noon};

#[tokio::test]
async fn every_file_of_the_page_is_there() {
    let server = Server::with(aws(), noon).await;
    let html = server.request(Method::GET, "/").send().await.unwrap();
    assert_eq!(html.headers()["content-type"], "text/html; charset=utf-8");
    let html = html.text().await.unwrap();
    let links = html.split(" href=\"").skip(1).chain(html.split(" src=\"").skip(1));
    let mut paths: Vec<_> = links.filter_map(|link| link.split('"').next()).map(str::to_owned).collect();
    assert!(paths.contains(&"/app.js".to_owned()) && paths.contains(&"/style.css".to_owned()), "{paths:?}");
    let mut seen = 0;
    while seen < paths.len() {
        let path = paths[seen].clone();
        let response = server.request(Method::GET, &path).send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        let media_type = response.headers()["content-type"].to_str().unwrap().to_owned();
        let content = response.text().await.unwrap();
        if media_type.starts_with("text/javascript") {
            for line in content.lines().filter(|line| line.starts_with("import ")) {
                let module = line.split('"').nth(1).unwrap().trim_start_matches('.').to_owned();
                if !paths.contains(&module) {
                    paths.push(module);
                }
            }
        }
        seen += 1;
    }
    assert!(paths.contains(&"/parts.js".to_owned()), "{paths:?}");
}

#[tokio::test]
async fn strict_headers_everywhere() {
    let server = Server::with(aws(), noon).await;
    for path in ["/", "/app.js", "/users/upload-settings", "/nothing"] {
        let response = server.request(Method::GET, path).send().await.unwrap();
        let header = |name: &str| response.headers()[name].to_str().unwrap();
        let store = "https://user-media.s3.eu-west-1.amazonaws.com";
        assert_eq!(
            header("content-security-policy"),
            format!(
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' {store}; \
                 img-src 'self' blob: {store}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; \
                 require-trusted-types-for 'script'; trusted-types 'none'"
            ),
            "{path}"
        );
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cache-control"), "no-store");
        assert!(response.headers().get("access-control-allow-origin").is_none());
    }
}
