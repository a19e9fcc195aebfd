// After a restored connection Streamlit's page does not run again by itself. The server may not know the session: it may
// be another replica, or have dropped the session. Without a run, such a server would lose the first change of a filter.
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
