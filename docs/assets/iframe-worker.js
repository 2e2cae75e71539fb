"use strict";

/* A worker for pages that are opened from a folder, where browsers give none: a hidden frame that runs the worker's
   script. No script stands in the frame's text, so that the site's policy allows it. The theme knows it by the name
   `IFrameWorker`. */

if (location.protocol === "file:") {
  const INSIDE = new URL("iframe-worker-inside.js", document.currentScript.src);

  const script = (address, isDeferred) => {
    const element = document.createElement("script");
    element.src = address;
    element.defer = isDeferred;
    return element.outerHTML;
  };

  window.IFrameWorker = class extends EventTarget {
    constructor(address) {
      super();
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      // The worker's script looks for itself as the first, and runs as the last.
      this.frame.srcdoc = script(address, true) + script(INSIDE, false);
      this.ready = new Promise((done) => this.frame.addEventListener("load", done));
      this.listen = ({ source, data }) => {
        if (source !== this.frame.contentWindow) return;
        const event = new MessageEvent("message", { data });
        this.dispatchEvent(event);
        this.onmessage?.(event);
      };
      addEventListener("message", this.listen);
      document.body.append(this.frame);
    }

    async postMessage(message) {
      await this.ready;
      this.frame.contentWindow.dispatchEvent(new MessageEvent("message", { data: structuredClone(message) }));
    }

    terminate() {
      removeEventListener("message", this.listen);
      this.frame.remove();
    }
  };

  window.Worker = window.IFrameWorker;
}
