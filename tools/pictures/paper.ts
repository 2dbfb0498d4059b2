/** One paper with every interaction, practical tasks and spoken answers: the samples of the project in one package. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { zipPackage } from '../samples/build.ts';

const samples = join(import.meta.dirname, '..', '..', 'samples');
const added = ['practical', 'spoken'] as const;

/** @returns `file`, written */
export async function wholePaper(file: string): Promise<string> {
  const files = filesOf(join(samples, 'every-interaction'), '');
  const text = (path: string): string => new TextDecoder().decode(files.get(path));
  let manifest = text('imsmanifest.xml');
  let test = text('test.xml');
  for (const sample of added) {
    const folder = join(samples, sample);
    // Items of the same name in two samples: each gets its sample's name before its own.
    const renamed = (xml: string): string =>
      xml.replaceAll(/(identifier(?:ref)?|href)="([^"]*)"/g, (_, name: string, value: string) =>
        name === 'href' ? `href="${sample}/${value}"` : `${name}="${sample}-${value}"`,
      );
    const resources = readFileSync(join(folder, 'imsmanifest.xml'), 'utf8').match(
      /<resource [^>]*item_xml[\s\S]*?<\/resource>/g,
    );
    const items = readFileSync(join(folder, 'test.xml'), 'utf8').match(/<qti-assessment-item-ref [^>]*>/g);
    manifest = manifest.replace('</resources>', `${renamed((resources ?? []).join('\n'))}</resources>`);
    test = test.replace(
      '</qti-assessment-section>',
      `${renamed((items ?? []).join('\n'))}</qti-assessment-section>`,
    );
    for (const [path, content] of filesOf(folder, `${sample}/`)) {
      const item = path.includes('/items/');
      const own = /(<qti-assessment-item\b[^>]*?\sidentifier=")/;
      files.set(path, item ? Buffer.from(content.toString('utf8').replace(own, `$1${sample}-`)) : content);
    }
    files.delete(`${sample}/imsmanifest.xml`);
    files.delete(`${sample}/test.xml`);
  }
  const names = [...manifest.matchAll(/<resource identifier="((?:practical|spoken)-[^"]+)"/g)];
  const needed = names.map(([, name]) => `<dependency identifierref="${name}"/>`).join('');
  manifest = manifest.replace('</resource>', `${needed}</resource>`);
  files.set('imsmanifest.xml', Buffer.from(manifest));
  files.set('test.xml', Buffer.from(test));
  writeFileSync(file, await zipPackage(files));
  return file;
}

function filesOf(folder: string, before: string): Map<string, Buffer> {
  return new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(path).isFile())
      .map((path) => [before + relative(folder, path).split(sep).join('/'), readFileSync(path)]),
  );
}
