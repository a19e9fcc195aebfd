// Links between pages are followed without loading the app anew. Streamlit has no function for that, but it answers the
// back button: the address is added to the history, and the event of the back button is sent. Without this script, with
// a modifier key or in a new tab, the browser follows the links by itself.
const LINK = 'a[data-page]', STATE = 'data-test-connection-state';

// Links of the header keep the view of the address, which changes without the header being sent again.
export const carry = (link, search) => {
  const names = link.closest('[data-carry]')?.dataset.carry.split(' ');
  if (!names) return;
  const address = new URL(link.href), now = new URLSearchParams(search);
  for (const name of names) {
    const value = now.getAll(name).at(-1);
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  // commas stand unencoded in addresses that the app writes
  link.href = address.href.replaceAll('%2C', ',');
};

const update = event => {
  const link = event.target.closest?.('[data-carry] a');
  if (link) carry(link, location.search);
};

// Scrolls to what an address names after #, which the server may have sent only in part yet.
const reveal = (hash, end = Date.now() + 5000) => {
  const target = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (target) target.scrollIntoView();
  else if (Date.now() < end) setTimeout(() => reveal(hash, end), 100);
};

const follow = event => {
  const link = event.target.closest?.(LINK);
  const changed = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  const connected = document.querySelector(`[${STATE}]`)?.getAttribute(STATE) === 'CONNECTED';
  if (!link || changed || !connected || link.target === '_blank') return;
  event.preventDefault();
  const other = new URL(link.href).pathname !== location.pathname;
  history.pushState(null, '', link.href);
  dispatchEvent(new PopStateEvent('popstate'));
  if (link.hash) reveal(link.hash);
  else if (other) document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0);
};

for (const kind of ['pointerover', 'focusin', 'click']) document.addEventListener(kind, update, {capture: true});
document.addEventListener('click', follow);
if (location.hash) reveal(location.hash);
