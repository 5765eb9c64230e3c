'use strict';
// The server sends the same parts that it rendered, twice a second; silence must not look like health.
(() => {
  const SILENCE_MS = 3000;
  const lost = document.getElementById('lost');
  const icon = document.getElementById('icon');
  let heard = performance.now();
  let title = document.title;

  const show = html => {
    const sent = document.createElement('template');
    sent.innerHTML = html;
    for (const part of sent.content.querySelectorAll('[data-part]')) {
      const here = document.getElementById(part.id);
      local(part);
      for (const open of here.querySelectorAll('details[open]')) {
        part.querySelector(`details[data-key="${open.dataset.key}"]`)?.setAttribute('open', '');
      }
      if (here.innerHTML !== part.innerHTML) {
        const focused = here.contains(document.activeElement) ? path(document.activeElement, here) : null;
        here.innerHTML = part.innerHTML;
        (focused && here.querySelector(focused))?.focus({preventScroll: true});
      }
      here.className = part.className;
      title = part.dataset.title || title;
      if (part.dataset.icon && icon.getAttribute('href') !== part.dataset.icon) {
        icon.href = part.dataset.icon;
      }
    }
  };

  // What has the focus keeps it, though its element is another one.
  const path = (element, within) => {
    const details = element.closest('details');
    if (element.tagName === 'SUMMARY') {
      return `details[data-key="${details.dataset.key}"] > summary`;
    }
    return element === within ? null : `a[href="${element.getAttribute('href')}"]`;
  };

  // The reader's own time beside UTC.
  const local = within => {
    for (const time of within.querySelectorAll('time')) {
      const at = new Date(time.dateTime);
      if (at.getTimezoneOffset() !== 0) {
        time.append(` (${at.toLocaleTimeString()} here)`);
      }
    }
  };

  const two = number => String(number).padStart(2, '0');
  const clock = ms => {
    const seconds = Math.floor(ms / 1000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    return hours > 0 ? `${hours}:${two(minutes % 60)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
  };

  local(document);
  new EventSource('live').onmessage = event => {
    show(event.data);
    heard = performance.now();
  };

  setInterval(() => {
    const silent = performance.now() - heard;
    const gone = silent > SILENCE_MS;
    for (const running of document.querySelectorAll('.clock')) {
      running.textContent = clock(Number(running.dataset.ms) + silent);
    }
    const text = gone ? `? UNKNOWN: no word from the sidecar for ${Math.floor(silent / 1000)} s. What stands here is old.` : '';
    if (lost.textContent !== text) {
      lost.textContent = text;
    }
    lost.hidden = !gone;
    document.body.classList.toggle('lost', gone);
    document.title = gone ? '? UNKNOWN – State Hub' : title;
  }, 250);
})();
