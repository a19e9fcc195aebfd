// A range input over months: the browser handles direction, keyboard and touch.
const BODY = `
  <div class="khoosheh-months-head"><label></label><output></output></div>
  <div class="khoosheh-months-line">
    <button type="button" data-way="earlier"></button>
    <div class="khoosheh-months-track"><input type="range" min="0" step="1"></div>
    <button type="button" data-way="later"></button>
  </div>`;

export default function ({data, parentElement, setTriggerValue, key}) {
  let root = parentElement.querySelector('.khoosheh-months');
  if (!root) {
    root = document.createElement('div');
    root.className = 'khoosheh-months';
    root.innerHTML = BODY;
    parentElement.append(root);
  }
  const {names, marked, at, shown, words} = data;
  const slider = root.querySelector('input'), output = root.querySelector('output'), label = root.querySelector('label');
  const track = root.querySelector('.khoosheh-months-track');
  const last = names.length - 1, isMarked = new Set(marked);
  const rtl = getComputedStyle(root).direction === 'rtl';
  const say = (place, text) => {
    output.textContent = text;
    slider.setAttribute('aria-valuetext', isMarked.has(place) ? `${text}, ${words.mark}` : text);
  };
  label.textContent = words.label;
  slider.id = label.htmlFor = `months-${key ?? 'one'}`;
  slider.max = last;
  slider.value = at;
  say(at, shown);
  track.querySelectorAll('.khoosheh-months-mark').forEach(mark => mark.remove());
  marked.forEach(place => {
    const mark = document.createElement('span');
    mark.className = 'khoosheh-months-mark';
    mark.style.insetInlineStart = `calc(var(--thumb) / 2 + (100% - var(--thumb)) * ${last ? place / last : 0})`;
    track.append(mark);
  });
  const go = place => { if (place !== at) setTriggerValue('moved', place); };
  slider.oninput = () => say(+slider.value, names[+slider.value]);
  slider.onchange = () => go(+slider.value);
  const near = {
    earlier: marked.filter(place => place < at).at(-1),
    later: marked.find(place => place > at) ?? (at < last ? last : undefined),
  };
  root.querySelectorAll('button').forEach(button => {
    const way = button.dataset.way, target = near[way];
    button.textContent = (way === 'earlier') === rtl ? '›' : '‹';
    button.dir = 'ltr';
    button.disabled = target === undefined;
    button.title = words[way];
    button.setAttribute('aria-label', words[way]);
    button.onclick = () => go(target);
  });
}
