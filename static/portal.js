// What the pages do beyond what they already do without a script. Runs from Chrome 80 and Safari 13 on.
(() => {
  'use strict';
  const find = (selector, root = document) => root.querySelector(selector);
  const on = (name, act) => document.addEventListener(name, act);
  const byPerson = (event) => Boolean(event.detail.requestConfig && event.detail.requestConfig.triggeringEvent);

  // One sentence in the line that screen readers follow, with a way to the plain page.
  function tellProblem(sentence) {
    const status = find('#status');
    const link = Object.assign(document.createElement('a'), { href: location.href, textContent: 'Reload the page' });
    Object.assign(status, { className: 'portal-status portal-status--problem', textContent: sentence + ' ' });
    status.append(link, '.');
  }
  ['htmx:responseError', 'htmx:sendError', 'htmx:timeout'].forEach((name) => on(name, (event) => {
    if (!byPerson(event)) { tellProblem('We could not refresh this part.'); return; }
    tellProblem('We could not do that. What you typed is still here: try again in a minute.');
    find('#status').scrollIntoView({ block: 'center' });
  }));
  on('htmx:afterRequest', (event) => {
    const problem = event.detail.successful && find('.portal-status--problem');
    if (problem) Object.assign(problem, { className: 'portal-status', textContent: '' });
  });

  // A page that nobody looks at asks for nothing.
  on('htmx:beforeRequest', (event) => {
    if (document.hidden && !byPerson(event)) event.preventDefault();
  });

  // What the reader opened stays open when a region refreshes itself.
  let opened = [];
  on('htmx:beforeSwap', (event) => {
    const details = byPerson(event) ? [] : event.detail.target.querySelectorAll('details[open][id]');
    opened = Array.from(details, (one) => one.id);
  });
  on('htmx:afterSettle', (event) => {
    opened.map((id) => document.getElementById(id)).forEach((one) => { if (one) one.open = true; });
    offerToggles();
    if (event.detail.target.id === 'main') focusFirst(find('#main h1'));
  });

  // The error summary, or else the heading of what has just come.
  function focusFirst(otherwise) {
    const first = find('[autofocus]') || otherwise;
    const here = document.activeElement;
    if (!first || (here !== find('#main') && find('#main').contains(here))) return;
    if (first.matches('h1')) first.tabIndex = -1;
    first.focus();
  }
  if (!('autofocus' in HTMLElement.prototype)) focusFirst(null);
  // A link to something that opens also opens it.
  on('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const target = link && document.getElementById(link.hash.slice(1));
    if (target && target.matches('details')) target.open = true;
  });

  const menu = find('.portal-person-menu');
  on('keydown', (event) => {
    if (event.key !== 'Escape' || !menu || !menu.open) return;
    menu.open = false;
    menu.firstElementChild.focus();
  });
  on('click', (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });

  // Show and hide a password; what is sent is a password again, so that the browser may keep it as one.
  const toggles = (root) => Array.from(root.querySelectorAll('[data-shows]'));
  const offerToggles = () => toggles(document).forEach((button) => { button.hidden = false; });
  function show(button, type) {
    document.getElementById(button.dataset.shows).type = type;
    button.firstChild.data = type === 'password' ? 'Show' : 'Hide';
  }
  offerToggles();
  on('submit', (event) => toggles(event.target).forEach((button) => show(button, 'password')));
  on('click', (event) => {
    const button = event.target.closest('[data-shows]');
    if (button) show(button, button.firstChild.data === 'Show' ? 'text' : 'password');
  });

  // Two minutes before the session ends, ask. At its end, say so and leave what was typed on the page.
  const dialog = find('#session');
  if (!dialog) return;
  const limit = Number(dialog.dataset.endsIn) * 1000;
  let ends = Date.now() + limit, dismissed = false;
  function open() {
    if (dismissed || dialog.hasAttribute('open')) return;
    if (dialog.showModal) { dialog.showModal(); return; }
    dialog.setAttribute('open', '');
    find('div:not([hidden]) button', dialog).focus();
  }
  function close(answered) {
    dismissed = !answered;
    if (answered) ends = Date.now() + limit;
    if (dialog.close) dialog.close(); else dialog.removeAttribute('open');
  }
  function ended() {
    if (find('[data-after]', dialog).hidden) dismissed = false;
    find('[data-before]', dialog).hidden = true;
    find('[data-after]', dialog).hidden = false;
    dialog.setAttribute('aria-labelledby', 'session-ended');
    open();
  }
  dialog.addEventListener('cancel', () => { dismissed = true; });
  dialog.addEventListener('submit', (event) => {
    event.preventDefault();
    const form = event.target;
    if (form.getAttribute('method') === 'dialog') { close(false); return; }
    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { 'HX-Request': 'true' } })
      .then((answer) => { if (answer.ok) close(true); else ended(); })
      .catch(() => { close(false); tellProblem('We could not reach the portal.'); });
  });
  on('htmx:afterRequest', (event) => {
    if (event.detail.successful && byPerson(event)) { ends = Date.now() + limit; dismissed = false; }
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
  setInterval(() => {
    if (Date.now() >= ends) ended();
    else if (ends - Date.now() < 120000) open();
  }, 5000);
})();
