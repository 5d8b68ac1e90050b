// A line above the field for questions as long as the language model is on its way; the server words it in the browser's language.
(() => {
  const EVERY_MS = 2000;
  const line = document.createElement("p");
  line.id = "model-loading";
  line.setAttribute("role", "status");

  const ask = async () => {
    const told = await fetch("/readyz").then((reply) => reply.json()).then((state) => state.chat_model?.told, () => "");
    if (!told) return line.remove();
    if (line.textContent !== told) line.textContent = told;
    if (!line.isConnected) document.querySelector("#message-composer")?.before(line);  // drawn anew now and then
    setTimeout(ask, EVERY_MS);
  };

  ask();
})();
