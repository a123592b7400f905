/** The colours of the web applications, in light and dark. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f5f7f7; --surface: #ffffff; --line: #dce3e3; --line-strong: #87938f;
  --ink: #14201f; --ink-muted: #495057; --accent: #0b5b56; --on-accent: #ffffff; --focus: #0b5b56;
  --good: #1e6b2f; --good-surface: #e7f4e9; --bad: #a51d1d; --bad-surface: #fdecec; --info: #17509c; --info-surface: #e8f0fc }
@media (prefers-color-scheme: dark) { :root { --page: #0f1516; --surface: #182022; --line: #2b3639; --line-strong: #7b898c;
  --ink: #e6ebec; --ink-muted: #c1c2c5; --accent: #17716a; --focus: #7fc4bb; --good: #8fd39c; --good-surface: #173020;
  --bad: #ff9c9c; --bad-surface: #3a1d1d; --info: #9cc2ff; --info-surface: #182942 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif }
main { max-width: 30rem; margin: 2rem max(1rem, calc(50% - 15rem)); padding: 1.5rem; background: var(--surface); border: 1px solid var(--line); border-radius: 0.75rem }
h1 { font-size: 1.375rem; margin: 0 0 0.25rem }
p { margin: 0 0 1rem }
.muted { color: var(--ink-muted) }
.amount { font-size: 2rem; font-weight: 600; font-variant-numeric: tabular-nums; margin: 1rem 0 }
.note { padding: 0.75rem 1rem; border-radius: 0.5rem; background: var(--info-surface); color: var(--info) }
.good { background: var(--good-surface); color: var(--good) }
.bad { background: var(--bad-surface); color: var(--bad) }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0 }
legend { font-weight: 600; padding: 0; margin-bottom: 0.5rem }
label { display: flex; gap: 0.75rem; align-items: center; min-height: 3rem; padding: 0.5rem 0.75rem; margin-bottom: 0.5rem;
  border: 1px solid var(--line-strong); border-radius: 0.5rem; cursor: pointer }
input { flex: none; width: 1.25rem; margin: 0; height: 1.25rem; accent-color: var(--accent) }
button, .button { display: block; width: 100%; min-height: 3rem; padding: 0.625rem 1rem; margin-top: 0.75rem; border-radius: 0.5rem;
  border: 1px solid var(--accent); background: var(--accent); color: var(--on-accent); font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer }
button.quiet { background: transparent; color: var(--ink); border-color: var(--line-strong); font-weight: 400 }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
footer { max-width: 30rem; margin: 0 max(1rem, calc(50% - 15rem)) 2rem; padding: 0 1.5rem; font-size: 0.875rem; color: var(--ink-muted) }
footer a { color: inherit }
`
