// Scrolls the link of the current page into view, and lists the headings of the page beside it on a wide screen.
const MAIN = '[data-testid="stMain"]', SETTLED_MS = 250, LEAST = 2;
const wide = matchMedia('(min-width: 1400px)'), still = matchMedia('(prefers-reduced-motion: reduce)');

const showCurrentLink = row => {
  const link = row.querySelector('[aria-current]');
  if (!link || row.dataset.shown) return;
  row.dataset.shown = 'yes';
  const box = link.getBoundingClientRect(), room = row.getBoundingClientRect();
  row.scrollBy({left: (box.left + box.right - room.left - room.right) / 2, behavior: 'instant'});
};

const listHeadings = () => [...document.querySelectorAll(`${MAIN} h2`)].filter(heading =>
  heading.offsetParent && !heading.closest('[role="dialog"]'));

// Returns the place of the section that is being read: the last whose heading is above the middle of the screen.
export const placeOf = (tops, height) => tops.reduce((found, top, place) => (top < height / 2 ? place : found), -1);

const fill = list => {
  const headings = listHeadings(), titles = headings.map(heading => heading.innerText.trim());
  list.hidden = headings.length < LEAST;
  list.headings = headings;
  if (list.titles === titles.join('\n')) return;
  list.titles = titles.join('\n');
  const name = document.createElement('p');
  name.textContent = list.getAttribute('aria-label');
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

let waiting = 0, asked = false;

const renew = () => {
  waiting = 0;
  const row = document.querySelector('.khoosheh-nav'), list = document.querySelector('.khoosheh-sections');
  if (row) showCurrentLink(row);
  if (!list || !wide.matches) return;
  fill(list);
  follow(list);
};

const renewLater = () => { waiting ||= setTimeout(() => (globalThis.requestIdleCallback ?? setTimeout)(renew), SETTLED_MS); };

new MutationObserver(renewLater).observe(document.documentElement, {childList: true, subtree: true});
wide.addEventListener('change', renewLater);
document.addEventListener('scroll', () => {
  if (asked || !wide.matches) return;
  asked = true;
  requestAnimationFrame(() => {
    asked = false;
    const list = document.querySelector('.khoosheh-sections');
    if (list) follow(list);
  });
}, {capture: true, passive: true});
