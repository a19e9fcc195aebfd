// Scrolls the link of the current page into view, and lists the headings of the page beside it on a wide screen.
const LINKS = '.st-key-khoosheh-nav a', MAIN = '[data-testid="stMain"]', SETTLED_MS = 250, LEAST = 2;
const wide = matchMedia('(min-width: 1400px)'), still = matchMedia('(prefers-reduced-motion: reduce)');

// The address of the first page is nothing but fields, which the browser would take for those of the current page.
const markCurrentLink = page => {
  document.querySelectorAll(LINKS).forEach(link => {
    if (link.getAttribute('href').split('?')[0].split('/').at(-1) !== page) { link.removeAttribute('aria-current'); return; }
    link.setAttribute('aria-current', 'page');
    const row = link.closest('.st-key-khoosheh-nav'), box = link.getBoundingClientRect(), room = row.getBoundingClientRect();
    row.scrollBy({left: (box.left + box.right - room.left - room.right) / 2, behavior: 'instant'});
  });
};

const listHeadings = () => [...document.querySelectorAll(`${MAIN} h2`)].filter(heading =>
  heading.offsetParent && !heading.closest('[role="dialog"]'));

// Returns the place of the section that is being read: the last whose heading is above the middle of the screen.
export const placeOf = (tops, height) => tops.reduce((found, top, place) => (top < height / 2 ? place : found), -1);

const fill = (list, label) => {
  const headings = listHeadings(), titles = headings.map(heading => heading.innerText.trim());
  list.hidden = headings.length < LEAST;
  list.headings = headings;
  if (list.titles === titles.join('\n')) return;
  list.titles = titles.join('\n');
  const name = document.createElement('p');
  name.textContent = label;
  list.replaceChildren(name, ...titles.map((title, place) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = title;
    button.onclick = () => list.headings[place].scrollIntoView({behavior: still.matches ? 'instant' : 'smooth', block: 'start'});
    return button;
  }));
};

const follow = list => {
  const place = placeOf((list.headings ?? []).map(heading => heading.getBoundingClientRect().top), innerHeight);
  [...list.querySelectorAll('button')].forEach((button, at) => {
    if (at === place) button.setAttribute('aria-current', 'true'); else button.removeAttribute('aria-current');
  });
};

const watch = (list, label, signal) => {
  const main = document.querySelector(MAIN);
  let waiting = 0, asked = false;
  const renew = () => { waiting = 0; if (wide.matches) { fill(list, label); follow(list); } };
  const later = () => { waiting ||= setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(renew), SETTLED_MS); };
  const changes = new MutationObserver(later);
  changes.observe(main, {childList: true, subtree: true});
  signal.addEventListener('abort', () => { changes.disconnect(); clearTimeout(waiting); });
  wide.addEventListener('change', later, {signal});
  main.addEventListener('scroll', () => {
    if (asked || !wide.matches) return;
    asked = true;
    requestAnimationFrame(() => { asked = false; follow(list); });
  }, {signal, passive: true});
  renew();
};

export default function ({data, parentElement}) {
  let list = parentElement.querySelector('.khoosheh-sections');
  if (!list) {
    list = document.createElement('nav');
    list.className = 'khoosheh-sections';
    list.hidden = true;
    parentElement.append(list);
  }
  list.setAttribute('aria-label', data.label);
  globalThis.khooshehSections?.abort();
  const stop = globalThis.khooshehSections = new AbortController();
  markCurrentLink(data.page);
  watch(list, data.label, stop.signal);
}
