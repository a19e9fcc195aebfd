// Streamlit's links of pages keep the fields that they were rendered with. A plain click therefore goes through the
// server, which knows the fields of the present address; for a new tab the address in the link is renewed.
const PAGES = '.st-key-khoosheh-nav a', LANGUAGES = '.khoosheh-header a';

// `own`: fields that the link sets itself; `dropped`: fields of the address that it does not take along
const renew = (link, own, dropped) => {
  const target = new URL(link.href), fields = new URLSearchParams(location.search);
  dropped.forEach(name => fields.delete(name));
  own.forEach(name => {
    const value = target.searchParams.get(name);
    if (value === null) fields.delete(name); else fields.set(name, value);
  });
  target.search = fields;
  if (link.href !== target.href) link.href = target.href;
};

export default function ({data, setTriggerValue}) {
  globalThis.khooshehPageLinks?.abort();
  const stop = globalThis.khooshehPageLinks = new AbortController(), options = {signal: stop.signal, capture: true};
  const renewOf = event => {
    const page = event.target.closest?.(PAGES), language = event.target.closest?.(LANGUAGES);
    if (page) renew(page, ['of'], data.dropped);
    if (language) renew(language, ['lang'], []);
    return page;
  };
  document.addEventListener('pointerdown', renewOf, options);
  document.addEventListener('focusin', renewOf, options);
  document.addEventListener('click', event => {
    const page = renewOf(event);
    if (!page || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue('followed', [...document.querySelectorAll(PAGES)].indexOf(page));
  }, options);
}
