// Starts a widget that lies in a page: its module, style and data are in the script's own attribute.
(async () => {
  const script = document.currentScript, el = script.previousElementSibling;
  const packed = Uint8Array.from(atob(script.dataset.ravine.slice("base64,".length)), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const { module, style, state } = JSON.parse(await new Response(stream).text());
  const address = URL.createObjectURL(new Blob([module], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  URL.revokeObjectURL(address);
  const sheet = Object.assign(document.createElement("style"), { textContent: style });
  const model = { // stands in for the kernel's side: it keeps what it is told, and nobody answers
    get: (name) => state[name], set(name, value) { state[name] = value; }, on() {}, off() {}, save_changes: null,
  };
  el.replaceChildren(sheet);
  widget.render({ model, el });
})();
