/** How centre and site reach each other: over the network, or not at all – then a courier carries a stick, and the release is read out by telephone. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalIn, until } from '../exam-day/process.ts';
import type { Cast } from './cast.ts';
import type { EventIds } from './centre.ts';
import { siteCode } from './plan.ts';

export interface Way {
  /** Materials and access key, days ahead. */
  bringSealed(): Promise<void>;
  /** @returns what is refused before the time has come */
  tooEarly(): Promise<string | null>;
  release(): Promise<void>;
  /** Statuses and journals up. */
  report(): Promise<void>;
  /** Packages up. */
  send(): Promise<void>;
  /** What the centre says of packages. */
  hear(): Promise<void>;
}

export function wayOf(cast: Cast, ids: EventIds, online: boolean): Way {
  return online ? overNetwork(cast, ids) : byCourier(cast, ids);
}

function overNetwork({ site: { call } }: Cast, { eventId }: EventIds): Way {
  const day = call.paperDay;
  return {
    async bringSealed() {
      await day.ask();
      await day.materials.fetch({ eventId });
      await day.key.fetch({ eventId });
    },
    tooEarly: () =>
      day.key.release({ eventId }).then(
        () => null,
        (error: unknown) => refusalIn(error)?.type ?? null,
      ),
    release: () =>
      until('the release', async () => {
        try {
          await day.key.release({ eventId });
          return true;
        } catch (error) {
          if (refusalIn(error)?.type !== 'too-early') throw error;
          return false;
        }
      }).then(() => undefined),
    // A site tells by itself.
    report: () => Promise.resolve(),
    send: () => day.package.send({ eventId }).then(() => undefined),
    hear: () => day.package.fetchWords({ eventId }).then(() => undefined),
  };
}

function byCourier({ centre, site, siteSockets, courierStick }: Cast, ids: EventIds): Way {
  const { eventId, projectId } = ids;
  const day = site.call.paperDay;
  const lay = (name: string, content: Uint8Array): void => {
    const folder = join(courierStick.path, 'INVIGIL', 'centre');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, name), content);
  };
  /** Everything of the stick that concerns the site. */
  const take = (): Promise<void> =>
    courierStick.in(siteSockets, async (drive) => {
      const { files } = await day.stick.look();
      const paths = files.map(({ path }) => path).filter((path) => path.startsWith(drive));
      for (const { name, refusal } of await day.stick.take({ paths }))
        if (refusal) throw new Error(`${name}: ${JSON.stringify(refusal)}`);
    });
  const taken = new Set<string>();
  /** The courier hands in at the centre what the site has laid on the stick. */
  const handIn = async (): Promise<void> => {
    for (const name of readdirSync(courierStick.path, { recursive: true, encoding: 'utf8' }).toSorted()) {
      // What came from the centre lies on it, too, in the centre's own folders.
      if (!/^INVIGIL[/\\](?!centre).*\.(parcel|dat)$/.test(name) || taken.has(name)) continue;
      const uploadId = await centre.upload(
        name.split(/[/\\]/).at(-1) ?? name,
        readFileSync(join(courierStick.path, name)),
      );
      await centre.call.dayPackage.take({ projectId, uploadId });
      taken.add(name);
    }
  };
  return {
    async bringSealed() {
      await centre.call.paperDay.exportToFolder({
        ...ids,
        siteCodes: [siteCode],
        what: ['materials', 'access-key'],
        folder: courierStick.path,
      });
      await take();
    },
    tooEarly: () =>
      centre.call.paperDay.releaseWords({ ...ids, siteCode, language: 'ru' }).then(
        () => null,
        (error: unknown) => refusalIn(error)?.type ?? null,
      ),
    async release() {
      const { words } = await until('the words of the release', () =>
        centre.call.paperDay.releaseWords({ ...ids, siteCode, language: 'ru' }).catch((error: unknown) => {
          if (refusalIn(error)?.type !== 'too-early') throw error;
          return null;
        }),
      );
      await day.key.enterRelease({ eventId, text: words.join(' ') });
    },
    async report() {
      await courierStick.in(siteSockets, (drive) => day.status.write({ eventId, drive }));
      await handIn();
    },
    async send() {
      await courierStick.in(siteSockets, (drive) => day.package.write({ eventId, to: { drive } }));
      await handIn();
    },
    async hear() {
      const words = await centre.call.dayPackage.words({ ...ids, siteCode });
      lay(words.fileName, await centre.download(words));
      await take();
    },
  };
}
