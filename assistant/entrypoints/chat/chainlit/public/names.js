// Names for what Chainlit's page leaves unnamed, for people who hear it: the page's language, its main part, and the
// buttons that show only a picture. Runs again whenever the page changes.
(() => {
  const korean = navigator.language.toLowerCase().split("-")[0] === "ko";
  const names = {
    "#new-chat-button": ["새 대화", "New chat"],
    "#chat-profiles": ["메뉴 선택", "Choose a section"],
    "#chat-submit": ["보내기", "Send"],
    "#sidebar-trigger-button": ["지난 대화", "Past conversations"],
    "#search-chats-button": ["지난 대화 찾기", "Search past conversations"],
    "#thread-options": ["이 대화에 할 일", "Options of this conversation"],
    "#stop-button": ["답변 멈추기", "Stop the answer"],
    "#chat-input": ["질문", "Your question"],
    "#edit-chat-input": ["질문 고치기", "Edit your question"],
    "#chat-settings-open-modal": ["조건 설정", "Conditions"],
    "#theme-toggle": ["화면 밝기", "Theme"],
    "#side-view-title button": ["옆 화면 닫기", "Close the side panel"],
    ".edit-message": ["질문 고치기", "Edit the question"],
    "button:has(> .lucide-eye)": ["비밀번호 보기", "Show the password"],
    "button:has(> .lucide-eye-off)": ["비밀번호 가리기", "Hide the password"],
    "button:has(> .lucide-arrow-down)": ["맨 아래로", "To the end"],
    "button:has(> .lucide-copy)": ["복사", "Copy"],
    "button:has(> .lucide-check)": ["복사했습니다", "Copied"],
  };

  const name = () => {
    for (const [selector, [ko, en]] of Object.entries(names)) {
      for (const element of document.querySelectorAll(`${selector}:not([aria-label])`)) {
        element.setAttribute("aria-label", korean ? ko : en);
      }
    }
    // The list of past conversations holds groups and not items, and its menus open from what is no button.
    for (const list of document.querySelectorAll("ul:has(> #thread-history):not([role])")) list.setAttribute("role", "none");
    for (const menu of document.querySelectorAll("#thread-options:not([role])")) menu.setAttribute("role", "button");
    for (const image of document.querySelectorAll("img:not([alt])")) image.alt = "";
    // A link in the page's head stands inside a button: one of the two is enough to reach and to hear.
    for (const frame of document.querySelectorAll('button:not([role="group"]):has(> a[href])')) {
      frame.setAttribute("role", "group");
      frame.setAttribute("aria-label", frame.querySelector("img[alt]")?.alt || frame.textContent);
      frame.tabIndex = -1;
    }
    // On a phone the side panel is a dialog; its title has an id of its own, and not the one the dialog names.
    for (const dialog of document.querySelectorAll('[role="dialog"]:has(#side-view-title)')) {
      if (dialog.getAttribute("aria-labelledby") !== "side-view-title") {
        dialog.setAttribute("aria-labelledby", "side-view-title");
      }
    }
    // The library that resizes the panel points at an id that it never gives out.
    for (const handle of document.querySelectorAll("[data-resize-handle][aria-controls]")) {
      if (!document.getElementById(handle.getAttribute("aria-controls"))) handle.removeAttribute("aria-controls");
    }
  };

  // Chainlit takes one script; the other is asked for here.
  document.head.append(Object.assign(document.createElement("script"), { src: "/public/loading.js" }));
  document.documentElement.lang = korean ? "ko" : "en";
  document.getElementById("root")?.setAttribute("role", "main");
  name();
  new MutationObserver(name).observe(document.body, { childList: true, subtree: true });
})();
