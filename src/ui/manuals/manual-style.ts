/** How a manual's page looks: the colours and letters of the consoles, one column beside its contents, and on paper without what only a screen needs. */
export const manualStyle = `
:root { --ink: #1c2430; --ink-soft: #4a5361; --line: #d6dbe2; --paper: #fff; --ground: #f3f5f8; --blue: #1d5a9e; --head: #14263d }
* { box-sizing: border-box }
html { scroll-padding-top: 1rem }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.6 system-ui, "Segoe UI", Roboto, "Noto Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif }
a { color: var(--blue) }
:focus-visible { outline: 3px solid #6ea8e6; outline-offset: 2px }
.skip { position: absolute; left: -999px }
.skip:focus { left: 8px; top: 8px; background: var(--paper); padding: 8px }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 4px 16px; padding: 10px 24px; background: var(--head); color: #fff }
header span { color: #d5dfec }
header h1 { flex: 1; margin: 0; font-size: 20px; line-height: 1.3 }
header nav { display: flex; gap: 14px }
header a { color: #fff }
header a[aria-current] { font-weight: 600; text-decoration: none }
.beside { display: grid; grid-template-columns: 250px minmax(0, 52rem); gap: 32px; max-width: 78rem; margin: 0 auto; padding: 0 24px }
.contents { position: sticky; top: 0; align-self: start; max-height: 100vh; overflow: auto; padding: 20px 4px; font-size: 14px; line-height: 1.4 }
.contents h2 { margin: 0 0 8px; font-size: 14px; color: var(--ink-soft) }
.contents h2.others { margin-top: 20px }
.contents ol, .contents ul { margin: 0; padding: 0; list-style: none }
.contents li { margin: 6px 0 }
.contents ol ol { padding-left: 14px }
.contents em { font-style: normal }
.contents a { text-decoration: none }
.contents a:hover { text-decoration: underline }
main { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; margin: 20px 0 40px; padding: 8px 32px 32px }
main:focus { outline: none }
h2, h3 { line-height: 1.3; margin: 28px 0 10px }
h2 { font-size: 19px }
h3 { font-size: 16px }
p, li, td, th { overflow-wrap: anywhere }
li { margin: 6px 0 }
main > ol, main > ul { padding-left: 26px }
li > p { margin: 8px 0 }
/* What stands on the screen. */
main em, main strong { font-style: normal; font-weight: 600; color: #14396b }
code { font: .9em ui-monospace, Consolas, monospace; background: #eef1f5; border-radius: 3px; padding: 1px 4px }
pre { background: #eef1f5; border-radius: 4px; padding: 10px 14px; white-space: pre-wrap }
pre code { background: none; padding: 0 }
table { border-collapse: collapse; margin: 14px 0; width: 100% }
th { background: #eef1f5 }
th, td { border: 1px solid var(--line); padding: 6px 10px; text-align: start; vertical-align: top; min-width: 6rem }
img { display: block; max-width: 100%; height: auto; margin: 10px 0; border: 1px solid var(--line); border-radius: 4px }
@media (max-width: 900px) {
  .beside { display: block }
  .contents { position: static; max-height: none }
  main { padding: 4px 16px 20px }
}
@media print {
  @page { size: A4; margin: 15mm; @bottom-right { content: counter(page) " / " counter(pages) } }
  body { background: none; font-size: 10.5pt }
  header { background: none; color: inherit; padding: 0 }
  header nav, .others, .skip { display: none }
  .beside { display: block; padding: 0 }
  .contents { position: static; max-height: none; overflow: visible; columns: 2; padding: 12px 0 }
  .contents h2 { column-span: all }
  main { border: 0; margin: 0; padding: 0 }
  a { color: inherit; text-decoration: none }
  h2, h3 { break-after: avoid }
  tr, img, pre { break-inside: avoid }
  img { max-height: 75mm; width: auto }
  thead { display: table-header-group }
}
`;
