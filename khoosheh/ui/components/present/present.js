// Keys, presentation remotes, swipes and full screen; and scaling the figure or table of a slide to the screen.
const LARGEST = 2.6, SMALLEST = 0.8, NARROWEST_PX = 330, NARROW_PX = 540, WIDE_PX = 880, SWIPE_PX = 60, STEPS = 9;
const ONWARD = ['PageDown', ' ', 'Enter'], BACK = ['PageUp', 'Backspace'];
const BUTTONS = ['previous', 'next', 'full'];

const rtl = () => document.documentElement.dir === 'rtl';

// Returns the index of the slide to which a key leads from ``at``; undefined for other keys.
export const wanted = (key, at, last, turned) => {
  if (ONWARD.includes(key) || key === (turned ? 'ArrowLeft' : 'ArrowRight')) return Math.min(at + 1, last);
  if (BACK.includes(key) || key === (turned ? 'ArrowRight' : 'ArrowLeft')) return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
};

// Returns the scale of a figure and the size at which it is drawn before: it has a narrow and a wide form.
export const fitted = ([narrow, wide], width, height) => {
  const bound = scale => Math.min(LARGEST, Math.max(SMALLEST, scale));
  const roomy = Math.min(bound(height / wide), Math.max(1, width / WIDE_PX));
  if (width / roomy >= WIDE_PX) return {scale: roomy, width: width / roomy, high: wide};
  const scale = Math.min(bound(height / narrow), width / NARROWEST_PX);
  return {scale: Math.max(scale, width / NARROW_PX), width: Math.min(width / scale, NARROW_PX), high: narrow};
};

const put = (box, scale, width, high) => {
  box.style.setProperty('--fit', scale);
  box.style.setProperty('--wide', `${width}px`);
  box.style.setProperty('--high', `${high}px`);
};

// Finds the largest scale at which a table fits by bisection, since its texts wrap differently at each scale.
const grown = (body, sheet) => {
  let low = SMALLEST, high = LARGEST;
  const tall = scale => {
    put(body, scale, body.clientWidth / scale, 0);
    return sheet.scrollHeight * scale > body.clientHeight || sheet.scrollWidth > sheet.clientWidth + 1;
  };
  for (let step = 0; step < STEPS; step++) {
    const middle = (low + high) / 2;
    if (tall(middle)) high = middle; else low = middle;
  }
  tall(low);
  put(body, low, body.clientWidth / low, sheet.scrollHeight);
};

const fit = heights => {
  const body = document.querySelector('.st-key-khoosheh-slide-body');
  if (!body?.clientWidth) return;
  body.style.setProperty('--tall', '0px');
  const sheet = body.querySelector('.khoosheh-sheet');
  if (sheet) grown(body, sheet);
  else if (heights.length) {
    const found = fitted(heights, body.clientWidth, body.clientHeight);
    put(body, found.scale, found.width, found.high);
  }
  // on a phone the slide may be longer than the screen, so that it stays readable
  const tall = Math.floor(parseFloat(body.style.getPropertyValue('--high')) * body.style.getPropertyValue('--fit'));
  if (tall > body.clientHeight + 1) body.style.setProperty('--tall', `${tall}px`);
  body.dataset.fitted = 'yes';
};

const busy = event => event.ctrlKey || event.altKey || event.metaKey || document.querySelector('[role=dialog]')
  || event.target.closest?.('input, textarea, select, [contenteditable]')
  || (event.target.closest?.('a, button, summary') && [' ', 'Enter'].includes(event.key));

const full = () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();

const listen = (state, stop) => {
  let start = null;
  document.addEventListener('keydown', event => {
    if (busy(event)) return;
    const place = wanted(event.key, state.pending ?? state.at, state.keys.length - 1, rtl());
    if (place !== undefined) state.go(place);
    else if (event.key === 'f' || event.key === 'F') full();
    // in full screen the browser handles Escape itself, and leaves full screen first
    else if (event.key === 'Escape') location.assign(state.links.leave);
    else return;
    event.preventDefault();
  }, {signal: stop});
  document.addEventListener('touchstart', event => {
    start = event.touches.length === 1 ? [event.touches[0].clientX, event.touches[0].clientY] : null;
  }, {signal: stop, passive: true});
  document.addEventListener('touchend', event => {
    if (!start || document.querySelector('[role=dialog]')) return;
    const [x, y] = [event.changedTouches[0].clientX - start[0], event.changedTouches[0].clientY - start[1]];
    if (Math.abs(x) < SWIPE_PX || Math.abs(y) > Math.abs(x) / 2) return;
    const onward = rtl() ? x > 0 : x < 0;
    state.go(wanted(onward ? 'PageDown' : 'PageUp', state.pending ?? state.at, state.keys.length - 1, false));
  }, {signal: stop, passive: true});
};

// paths in a box of 24 by 24; not every font has such characters
const icon = path => `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
const BODY = `<nav class="khoosheh-present">
  <button type="button" data-what="previous">${icon('M20 12H4m6-6-6 6 6 6')}</button><output></output>
  <button type="button" data-what="next">${icon('M4 12h16m-6-6 6 6-6 6')}</button>
  <button type="button" data-what="full">${icon('M4 9V4h5m6 0h5v5m0 6v5h-5m-6 0H4v-5')}</button>
  <a data-what="choose" target="_self">${icon('M9 6h11M9 12h11M9 18h11M4 6h.01M4 12h.01M4 18h.01')}</a>
  <a data-what="leave" target="_self">${icon('M6 6l12 12M18 6 6 18')}</a></nav>`;

export default function ({data, parentElement, setTriggerValue}) {
  let root = parentElement.querySelector('.khoosheh-present');
  if (!root) {
    parentElement.insertAdjacentHTML('beforeend', BODY);
    root = parentElement.querySelector('.khoosheh-present');
  }
  const state = globalThis.khooshehPresent = Object.assign(globalThis.khooshehPresent ?? {}, data);
  // responses to older presses may arrive after a newer press: only the response to the last one ends the wait
  if (data.answered === state.sent) state.pending = null;
  state.go = place => {
    if (place === (state.pending ?? state.at)) return;
    // a second press may come before the response to the first
    state.pending = place;
    state.sent = `${Date.now()}`;
    setTriggerValue('go', `${state.sent} ${state.keys[place]}`);
  };
  root.querySelector('output').textContent = data.shown;
  const last = data.keys.length - 1;
  for (const one of root.querySelectorAll('[data-what]')) {
    const what = one.dataset.what;
    one.title = data.words[what];
    one.setAttribute('aria-label', data.words[what]);
    if (data.links[what]) one.href = data.links[what];
  }
  const [previous, next, whole] = BUTTONS.map(what => root.querySelector(`[data-what=${what}]`));
  previous.disabled = data.at === 0;
  next.disabled = data.at === last;
  whole.hidden = !document.fullscreenEnabled;
  const press = (key, button) => () => {
    state.go(wanted(key, state.pending ?? state.at, last, false));
    // otherwise the space key of a presentation remote would press the focused button again
    button.blur();
  };
  previous.onclick = press('PageUp', previous);
  next.onclick = press('PageDown', next);
  whole.onclick = () => { full(); whole.blur(); };
  state.stop?.abort();
  const stop = state.stop = new AbortController();
  listen(state, stop.signal);
  const slide = document.querySelector('.st-key-khoosheh-slide-body');
  const again = () => fit(data.heights);
  state.watch?.disconnect();
  const watch = state.watch = new ResizeObserver(again);
  if (slide) watch.observe(slide);
  document.fonts.ready.then(again);
  again();
  return () => { stop.abort(); watch.disconnect(); state.pending = null; };
}
