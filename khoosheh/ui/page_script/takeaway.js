// A file that takes seconds to make is fetched by the page, which says so, and for how long.
const LINKS = '.khoosheh-takeaway a', NAME = /filename="([^"]+)"/;

const save = (file, name) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};

const take = async link => {
  const list = link.closest('.khoosheh-takeaway'), begun = performance.now();
  const status = list.querySelector('[role="status"]') ?? list.appendChild(document.createElement('span'));
  status.setAttribute('role', 'status');
  const say = () => {
    const seconds = Math.round((performance.now() - begun) / 1000);
    status.textContent = list.dataset.making.replace('{name}', link.textContent).replace('{seconds}', seconds);
  };
  link.setAttribute('aria-busy', 'true');
  say();
  const clock = setInterval(say, 1000);
  try {
    const answer = await fetch(link.href);
    // what cannot be made is told by a page of its own
    if (!answer.ok) { location.assign(link.href); return; }
    const name = answer.headers.get('content-disposition')?.match(NAME)?.[1] ?? '';
    save(await answer.blob(), name);
  } catch {
    location.assign(link.href);
  } finally {
    clearInterval(clock);
    link.removeAttribute('aria-busy');
    status.textContent = '';
  }
};

document.addEventListener('click', event => {
  const link = event.target.closest?.(LINKS);
  // a link that is opened in a new tab stays a link
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (!link.hasAttribute('aria-busy')) take(link);
});
