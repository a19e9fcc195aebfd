// Chips of the set filters; on a phone the button that opens day and filters as a sheet at the bottom of the screen.
const SHEET = 'khooshehSheet', FUNNEL = '<svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 3h14M4 8h8M7 13h2"/></svg>';
const BODY = `
  <button type="button" class="khoosheh-chips-open" aria-expanded="false">${FUNNEL}<b></b><span></span></button>
  <div class="khoosheh-chips-list" style="display: contents"></div>
  <button type="button" class="khoosheh-chips-clear"></button>
  <div class="khoosheh-chips-foot"><button type="button" data-act="close"></button><button type="button" class="khoosheh-chips-clear"></button></div>`;

const show = (root, open) => {
  const {dataset, style} = document.documentElement;
  if (open) dataset[SHEET] = 'open'; else delete dataset[SHEET];
  // Streamlit gives its colours to components only, and the sheet lies outside of this one
  style.setProperty('--khoosheh-ground', getComputedStyle(root).getPropertyValue('--st-background-color'));
  root.querySelector('.khoosheh-chips-open').setAttribute('aria-expanded', open);
};

const isOpen = () => SHEET in document.documentElement.dataset;

const make = (chip, remove) => {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = chip.text;
  button.title = chip.action;
  button.setAttribute('aria-label', chip.action);
  button.dataset.field = chip.field;
  button.onclick = () => remove(chip.field, chip.code);
  return button;
};

const start = parent => {
  const root = document.createElement('div');
  root.className = 'khoosheh-chips';
  root.setAttribute('role', 'group');
  root.innerHTML = BODY;
  parent.append(root);
  root.querySelector('.khoosheh-chips-open').onclick = () => show(root, !isOpen());
  root.querySelector('[data-act="close"]').onclick = () => {
    show(root, false);
    root.querySelector('.khoosheh-chips-open').focus();
  };
  return root;
};

export default function ({data, parentElement, setTriggerValue}) {
  const root = parentElement.querySelector('.khoosheh-chips') ?? start(parentElement);
  const {chips, words, page} = data, list = root.querySelector('.khoosheh-chips-list');
  const remove = (field, code) => setTriggerValue('removed', [field, code]);
  const hadFocus = list.contains(document.activeElement);
  // another page begins with the sheet closed
  if (root.dataset.page !== page) show(root, false);
  root.dataset.page = page;
  root.dataset.count = chips.length;
  root.setAttribute('aria-label', words.label);
  list.replaceChildren(...chips.map(chip => make(chip, remove)));
  if (hadFocus) list.querySelector('button')?.focus();
  const open = root.querySelector('.khoosheh-chips-open');
  open.querySelector('b').textContent = words.open;
  open.querySelector('span').textContent = chips.length ? words.count : '';
  root.querySelector('[data-act="close"]').textContent = words.close;
  root.querySelectorAll('.khoosheh-chips-clear').forEach(button => {
    button.textContent = words.clear;
    button.hidden = !chips.length;
    button.onclick = () => remove('', '');
  });
}
