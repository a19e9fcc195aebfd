// What a reader has unfolded stays open when its content changes: an element whose content changes is made anew.
const opened = new Set();

document.addEventListener('toggle', ({target}) => {
  const {key} = target.dataset ?? {};
  if (!key || !target.isConnected || !target.matches('.khoosheh-fold')) return;
  if (target.open) opened.add(key);
  else opened.delete(key);
}, {capture: true});

new MutationObserver(() => {
  for (const key of opened) {
    const folded = document.querySelector(`.khoosheh-fold:not([open])[data-key="${CSS.escape(key)}"]`);
    if (folded) folded.open = true;
  }
}).observe(document.documentElement, {childList: true, subtree: true});
