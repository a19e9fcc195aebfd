// Streamlit's page, back from a lost connection, waits for its reader. The server it finds may not know the visit: another
// replica, or the same after it has forgotten. A server without a run of the page loses the first change of a filter.
const STATE = 'data-test-connection-state', THERE = 'CONNECTED';

export default function ({setTriggerValue}) {
  globalThis.khooshehResume?.disconnect();
  const app = document.querySelector(`[${STATE}]`);
  const watch = globalThis.khooshehResume = new MutationObserver(changes => {
    const lost = changes.some(change => change.oldValue !== THERE);
    if (lost && app.getAttribute(STATE) === THERE) setTriggerValue('back', `${Date.now()}`);
  });
  watch.observe(app, {attributeFilter: [STATE], attributeOldValue: true});
}
