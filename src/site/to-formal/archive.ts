/** What a mock exam leaves behind: its results as they came, and the records that the site can read, in a dated folder of the data folder. */
import { existsSync } from 'node:fs';
import { copyFile, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fromUtf8 } from '../../base/bytes.ts';
import type { Site } from '../site.ts';
import { archiveSchema, type Archive } from './contract.ts';

const summaryFile = 'archive.json';
const unfinished = '.incomplete';

/** Whole when it bears its name; until then it is called `….incomplete`, and the next try begins it again. */
export async function archiveResults(site: Site): Promise<Archive> {
  const { node } = site;
  const at = node.clock.now();
  const all = join(node.data, 'archive');
  await mkdir(all, { recursive: true });
  for (const name of await readdir(all))
    if (name.endsWith(unfinished)) await rm(join(all, name), { recursive: true, force: true });
  // Legal on every system: no colon.
  const folder = join(all, `${new Date(at).toISOString().replaceAll(':', '-').replace(/\..*/, '')}_mock`);
  const making = `${folder}${unfinished}`;
  await mkdir(making);
  const rows = node.db.prepare('SELECT * FROM result ORDER BY room_code, session_id, collected_at').all();
  let bytes = 0;
  for (const row of rows) {
    const [digest, room, session] = ['digest', 'room_code', 'session_id'].map((name) => String(row[name]));
    const name = `${legal(room)}_${legal(session)}_${digest?.slice(0, 8)}`;
    const parcel = join(making, `${name}.parcel`);
    await copyFile(node.blobs.path(digest ?? ''), parcel);
    await sync(parcel);
    bytes += (await stat(parcel)).size;
    await writeDurably(join(making, `${name}.record.json`), String(row['record']));
  }
  const archive: Archive = {
    folder,
    at,
    projectName: site.membership()?.project.name ?? '',
    results: rows.length,
    bytes,
  };
  await writeDurably(join(making, summaryFile), JSON.stringify(archive, null, 2));
  await rename(making, folder);
  return archive;
}

/** Newest first. */
export async function archives({ node }: Pick<Site, 'node'>): Promise<Archive[]> {
  const all = join(node.data, 'archive');
  if (!existsSync(all)) return [];
  const found: Archive[] = [];
  for (const name of await readdir(all)) {
    const file = join(all, name, summaryFile);
    if (name.endsWith(unfinished) || !existsSync(file)) continue;
    // The data folder may have been moved since.
    const summary = archiveSchema.parse(JSON.parse(fromUtf8(await readFile(file))));
    found.push({ ...summary, folder: join(all, name) });
  }
  return found.toSorted((a, b) => b.at - a.at);
}

/** Codes are given by people: what a file system does not take is an underscore. */
function legal(code: string | undefined): string {
  return (code ?? '').replaceAll(/[^\p{L}\p{N}-]/gu, '_').slice(0, 60);
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function sync(path: string): Promise<void> {
  // Windows flushes only what is open for writing.
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
