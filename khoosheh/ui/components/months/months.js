// A range input over months: the browser handles direction, keyboard and touch. Above it a histogram, below it years.
const STEP_MS = 1200, YEAR_PX = 44;
const PLAY = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 1l9 5-9 5z"/></svg>';
const PAUSE = '<svg viewBox="0 0 12 12" aria-hidden="true"><path d="M2 1h3v10H2zM7 1h3v10H7z"/></svg>';
const BODY = `
  <div class="khoosheh-months-head"><label></label> <output></output> <small></small></div>
  <div class="khoosheh-months-line">
    <button type="button" data-way="earlier"></button>
    <div class="khoosheh-months-track"><input type="range" min="0" step="1"></div>
    <button type="button" data-way="later"></button>
    <button type="button" data-way="play"></button>
  </div>`;

const start = parent => {
  const root = document.createElement('div');
  root.className = 'khoosheh-months';
  root.innerHTML = BODY;
  parent.append(root);
  // labels of years are thinned out by the width, which is not known before
  new ResizeObserver(() => root.drawYears?.()).observe(root.querySelector('.khoosheh-months-track'));
  return root;
};

const put = (track, name, places, make) => {
  track.querySelectorAll(`.${name}`).forEach(one => one.remove());
  track.append(...places.map(place => {
    const one = document.createElement('span');
    one.className = name;
    make(one, place);
    return one;
  }));
};

const drawMarks = (track, marked, at, last) => {
  const most = Math.max(1, ...marked.map(([, known]) => known));
  put(track, 'khoosheh-months-mark', marked, (bar, [place, known]) => {
    bar.style.setProperty('--at', last ? place / last : 0);
    bar.style.setProperty('--month', last ? 1 / last : 1);
    bar.style.setProperty('--high', known / most);
    if (place > at) bar.dataset.later = '';
  });
};

const drawYears = (track, years, last) => {
  // as many years as have room, the latest among them
  const step = Math.max(1, Math.ceil(years.length * YEAR_PX / Math.max(1, track.clientWidth)));
  const shown = years.filter((_, place) => (years.length - 1 - place) % step === 0);
  put(track, 'khoosheh-months-year', shown, (label, [place, words]) => {
    label.style.setProperty('--at', last ? place / last : 0);
    label.textContent = words;
  });
};

// Returns the next month with news, after the last of them the end; undefined at the end.
export const next = (places, at, last) => places.find(place => place > at) ?? (at < last ? last : undefined);

const showPlaying = (root, way, sign) => {
  const button = root.querySelector('[data-way="play"]');
  button.innerHTML = sign;
  button.title = root.words[way];
  button.setAttribute('aria-label', root.words[way]);
};

const stop = root => {
  clearTimeout(root.playing);
  root.playing = 0;
  showPlaying(root, 'play', PLAY);
};

// Moves to a month after a while, so that the reader sees the one before; each answer of the server brings the next step.
const step = (root, target, go, wait) => {
  clearTimeout(root.playing);
  if (target === undefined) { stop(root); return; }
  root.playing = setTimeout(() => { if (root.isConnected) go(target); }, wait);
  showPlaying(root, 'pause', PAUSE);
};

export default function ({data, parentElement, setTriggerValue, key}) {
  const root = parentElement.querySelector('.khoosheh-months') ?? start(parentElement);
  const {names, marked, years, at, shown, words} = data;
  root.words = words;
  const [slider, output, label, count, track] =
    ['input', 'output', 'label', 'small', '.khoosheh-months-track'].map(part => root.querySelector(part));
  const last = names.length - 1, places = marked.map(([place]) => place);
  const told = new Map(marked.map(([place, , text]) => [place, text]));
  const say = (place, text) => {
    output.textContent = text;
    count.textContent = told.get(place) ?? '';
    slider.setAttribute('aria-valuetext', told.has(place) ? `${text}, ${told.get(place)}` : text);
  };
  label.textContent = words.label;
  slider.id = label.htmlFor = `months-${key ?? 'one'}`;
  slider.max = last;
  slider.value = at;
  say(at, shown);
  drawMarks(track, marked, at, last);
  root.drawYears = () => drawYears(track, years, last);
  root.drawYears();
  const go = place => { if (place !== at) setTriggerValue('moved', place); };
  slider.oninput = () => { stop(root); say(+slider.value, names[+slider.value]); };
  slider.onchange = () => go(+slider.value);
  const targets = {earlier: places.filter(place => place < at).at(-1), later: next(places, at, last)};
  const rtl = getComputedStyle(root).direction === 'rtl';
  for (const [way, target] of Object.entries(targets)) {
    const button = root.querySelector(`[data-way="${way}"]`);
    button.textContent = (way === 'earlier') === rtl ? '›' : '‹';
    button.dir = 'ltr';
    button.disabled = target === undefined;
    button.title = words[way];
    button.setAttribute('aria-label', words[way]);
    button.onclick = () => { stop(root); go(target); };
  }
  if (root.playing) step(root, next(places, at, last), go, STEP_MS); else stop(root);
  // from the end it begins anew
  root.querySelector('[data-way="play"]').onclick = () => {
    if (root.playing) stop(root); else step(root, next(places, at, last) ?? places[0], go, 0);
  };
}
