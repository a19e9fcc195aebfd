// The absolute address is built here, since only the browser knows the host name by which it reached the app.
export default function ({data, parentElement}) {
  let root = parentElement.querySelector('.khoosheh-address');
  if (!root) {
    root = document.createElement('div');
    root.className = 'khoosheh-address';
    root.innerHTML = '<label><span></span><input readonly></label><button type="button"></button>';
    parentElement.append(root);
  }
  const {link, words} = data, field = root.querySelector('input'), button = root.querySelector('button');
  root.querySelector('span').textContent = words.label;
  field.value = new URL(link, location.href).href;
  field.onfocus = () => field.select();
  button.textContent = words.copy;
  button.onclick = async () => {
    // without HTTPS the clipboard is not available: the address is selected, so that the reader can copy it
    field.select();
    await navigator.clipboard?.writeText(field.value);
    if (navigator.clipboard) button.textContent = words.copied;
  };
}
