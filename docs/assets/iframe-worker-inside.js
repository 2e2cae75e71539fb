"use strict";

/* What a worker's script finds in a worker, given to it in the frame of iframe-worker.js. */

window.postMessage = (message) => parent.postMessage(message, "*");

window.importScripts = async (...addresses) => {
  for (const address of addresses) {
    await new Promise((done, failed) => {
      const element = document.createElement("script");
      element.src = address;
      element.onload = done;
      element.onerror = failed;
      document.body.append(element);
    });
  }
};
