//! The check as visitors will see it.

use e2e::{Browser, SANDBOX, Server, Visitor, dist};
use serde_json::json;

use crate::{open, press, said};

#[tokio::test]
async fn the_check_is_seen_live_as_on_a_phone_and_on_a_desktop_in_light_and_dark() {
    let server = Server::of(dist()).unwrap();
    let browser = Browser::start().await.unwrap();
    // Wide enough, and without a colour scheme that is emulated: that would stand above what the page chooses.
    let wide = json!({"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false});
    browser.cdp("Emulation.setDeviceMetricsOverride", wide).await.unwrap();
    for (device, width) in [("phone", 390), ("desktop", 1040)] {
        for scheme in ["light", "dark"] {
            let page = open(&browser, &server).await;
            press(&page, &format!("input[name=scheme][value={scheme}]")).await;
            assert_eq!(said(&page, "no-scheme").await, "", "this browser can choose");
            let leaves = "return document.querySelector('[aria-labelledby=preview-title]').innerText.includes('leaves this page')";
            assert_eq!(page.run(leaves).await.unwrap(), true, "what the last link does is said before");
            let find = format!(
                "const frame = document.querySelector('#{device} iframe'); frame.scrollIntoView({{block: 'center'}}); return frame"
            );
            let frame = page.run(&find).await.unwrap();
            let sandbox = format!("return document.querySelector('#{device} iframe').getAttribute('sandbox')");
            assert_eq!(page.run(&sandbox).await.unwrap(), SANDBOX);
            let visitor = Visitor::in_element(&browser.client, &frame).await.unwrap();
            let is_dark = "return [innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]";
            assert_eq!(visitor.run(is_dark).await.unwrap(), json!([width, scheme == "dark"]), "{device}");
            visitor.run("document.querySelector('input[name=age][value=\"35_49\"]').click()").await.unwrap();
            visitor.run("document.querySelector('[data-action=continue]').click()").await.unwrap();
            let next = "return !!document.querySelector('fieldset[data-question=rf_now]')";
            visitor.until("the second question", next).await.unwrap();
            browser.leave_frames().await.unwrap();
        }
    }
    browser.close().await.unwrap();
}
