/**
 * The candidate's screen: how much the agent sends before anything is seen, and how long a 60-question paper takes from the start message
 * to a question that can be answered, on a processor that is slowed down four times. Real processes, real browser.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { build } from '../tools/build.ts';
import { launchBrowser } from '../tools/exam-day/browser.ts';
import { startExam, type Exam } from '../tools/exam-day/exam.ts';
import { zipPackage } from '../tools/samples/build.ts';

const items = 60;
const throttle = 4;

interface Figures {
  /** Bytes on the wire until the sign-in page stands, thousands. */
  firstViewKB: number;
  usableMs: number;
  throttle: number;
  items: number;
}

export async function run(): Promise<Figures> {
  if (!build()) throw new Error('the screens were not built');
  const folder = mkdtempSync(join(tmpdir(), 'invigil-bench-'));
  const packageFile = join(folder, 'sixty.zip');
  writeFileSync(packageFile, await zipPackage(sixtyQuestions()));
  const day = await startExam({ seats: 1, until: 'sign-in', packageFile, policy: { countdownS: 8 } });
  const browser = await launchBrowser();
  try {
    return await measure(browser, day);
  } finally {
    await browser.close();
    await day.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(browser: Browser, day: Exam): Promise<Figures> {
  const [seat] = day.seats;
  if (!seat) throw new Error('no seat');
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 }, locale: 'en' });
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  let received = 0;
  // Headers and bodies as they were sent, compressed.
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (received += encodedDataLength));
  await page.goto(seat.url);
  await page.locator('form input').fill('1000001');
  const firstViewKB = Math.round(received / 100) / 10;
  await page.keyboard.press('Enter');
  await page.locator('.person').waitFor();
  await page.locator('button.primary').click();
  await page.locator('.rules').first().waitFor();
  await page.locator('button.primary').click();
  await page.locator('details').waitFor();
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  // The page itself notes when its first question can be answered: enabled, and painted.
  await page.evaluate(() => {
    const wait = (): void => {
      if (document.querySelector('.question input:enabled'))
        requestAnimationFrame(() =>
          setTimeout(() => document.body.setAttribute('data-usable', String(Date.now()))),
        );
      else requestAnimationFrame(wait);
    };
    requestAnimationFrame(wait);
  });
  const startsAt = await day.allowStart();
  const usable = page.locator('body[data-usable]');
  await usable.waitFor({ timeout: 120_000 });
  const usableAt = Number(await usable.getAttribute('data-usable'));
  return { firstViewKB, usableMs: usableAt - startsAt, throttle, items };
}

/** A package as authors make them: choice, text and essay questions by turns. */
function sixtyQuestions(): Map<string, string> {
  const names = Array.from({ length: items }, (_, i) => `question-${String(i + 1).padStart(2, '0')}`);
  const files = new Map<string, string>();
  for (const [i, name] of names.entries()) files.set(`items/${name}.xml`, question(name, i));
  files.set(
    'test.xml',
    `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-test xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="sixty" title="Sixty questions">
  <qti-test-part identifier="part" navigation-mode="nonlinear" submission-mode="simultaneous">
    <qti-assessment-section identifier="section" title="Sixty questions" visible="true">
${names.map((name) => `      <qti-assessment-item-ref identifier="${name}" href="items/${name}.xml"/>`).join('\n')}
    </qti-assessment-section>
  </qti-test-part>
</qti-assessment-test>
`,
  );
  files.set(
    'imsmanifest.xml',
    `<?xml version="1.0" encoding="UTF-8"?>
<manifest xmlns="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1" identifier="sixty">
  <metadata><schema>QTI Package</schema><schemaversion>3.0.0</schemaversion></metadata>
  <organizations/>
  <resources>
    <resource identifier="test" type="imsqti_test_xmlv3p0" href="test.xml">
      <file href="test.xml"/>
${names.map((name) => `      <dependency identifierref="${name}"/>`).join('\n')}
    </resource>
${names.map((name) => `    <resource identifier="${name}" type="imsqti_item_xmlv3p0" href="items/${name}.xml"><file href="items/${name}.xml"/></resource>`).join('\n')}
  </resources>
</manifest>
`,
  );
  return files;
}

function question(name: string, i: number): string {
  const text = `A text of some length stands before every question, as it does in papers that people really sit. This is number ${i + 1}. `;
  const kinds = [
    () => `<qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
      <qti-prompt>Which one is right?</qti-prompt>
${['A', 'B', 'C', 'D'].map((id) => `      <qti-simple-choice identifier="${id}">Answer ${id} of question ${i + 1}</qti-simple-choice>`).join('\n')}
    </qti-choice-interaction>`,
    () =>
      `<p>Write the number: <qti-text-entry-interaction response-identifier="RESPONSE" expected-length="6"/></p>`,
    () =>
      `<qti-extended-text-interaction response-identifier="RESPONSE" expected-lines="8"><qti-prompt>Explain.</qti-prompt></qti-extended-text-interaction>`,
  ];
  const kind = i % 6 === 5 ? 2 : i % 3 === 2 ? 1 : 0;
  return `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="${name}" title="Question ${i + 1}" adaptive="false" time-dependent="false" xml:lang="en">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="${kind === 0 ? 'identifier' : 'string'}"/>
  <qti-outcome-declaration identifier="SCORE" cardinality="single" base-type="float"/>
  <qti-item-body>
    <p>${text.repeat(4)}</p>
    ${kinds[kind]?.()}
  </qti-item-body>
</qti-assessment-item>
`;
}
