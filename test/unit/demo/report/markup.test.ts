import fc from "fast-check";
import { Markup, markup } from "../../../../demo/report/text/markup";

test("what is put into a template is escaped, unless it is markup itself", () => {
  const inner = markup`<b title="${`"quoted" & 'so'`}">${"<i>"}</b>`;
  expect(markup`<p>${inner}</p>`.text).toBe(
    '<p><b title="&quot;quoted&quot; &amp; &#39;so&#39;">&lt;i&gt;</b></p>',
  );
});

test("parts may be numbers, lists of parts, or left out", () => {
  expect(markup`${[1, markup`<br/>`, ["<"]]}${undefined}${false}${0}`.text).toBe("1<br/>&lt;0");
});

/** Any characters at all, half of a pair too. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }))
  .map((codePoints) => String.fromCodePoint(...codePoints));

test("no text can open a tag, close an attribute or leave a character that HTML forbids", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { text: escaped } = markup`${text}`;
      expect(escaped).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      // eslint-disable-next-line no-control-regex -- they are what must not be there
      expect(escaped).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F]|\p{Surrogate}/u);
    }),
  );
});

test("text that is markup stays as it is", () => {
  expect(markup`${new Markup("<hr/>")}`.text).toBe("<hr/>");
});
