/** What the station's page shows of how far it is. */
import { mayUse } from '../exam/paper-day/grant.ts';
import { failureRefusal } from '../journal/journal.ts';
import { fingerprintOf } from '../trust/fingerprint.ts';
import { loadedKey } from './access-key/access-key.ts';
import type { StationView } from './contract.ts';
import type { Station } from './station.ts';
import { lastCheck } from './voice/microphone-check.ts';

export function stationView(station: Station): StationView {
  const { node, kind } = station;
  const [settings, admission, materials, key, day] = [
    station.settings(),
    station.admission(),
    station.materials(),
    loadedKey(station),
    station.day(),
  ];
  const place = settings && { ...settings, station: settings.number };
  const use = key && place ? mayUse(key.grant, place, node.clock.now()) : null;
  const failing = node.journal.failing();
  return {
    kind,
    id: node.id,
    now: node.clock.now(),
    settings,
    fingerprint: fingerprintOf(node.keys.signing.publicKey),
    admission: admission && {
      siteName: admission.siteName,
      projectName: admission.project.name,
      mode: admission.project.mode,
      rootFingerprint: fingerprintOf(admission.root),
    },
    materials: materials && {
      event: materials.event,
      revision: materials.revision,
      rooms: [...materials.rooms],
      loadedAt: materials.loadedAt,
      removedAt: materials.removedAt ?? null,
    },
    key: key && {
      number: key.grant.number,
      opens: key.grant.opens,
      notBefore: key.grant.notBefore,
      notAfter: key.grant.notAfter,
      members: key.grant.members.map(({ name }) => name),
      problem:
        materials && key.eventId !== materials.event.id
          ? { type: 'key-of-another-event' }
          : use?.ok === false
            ? use.refusal
            : null,
    },
    stepsDone: [...station.stepsDone],
    open: day && { kits: day.kits, token: day.token },
    microphoneHeard: kind === 'voice' && lastCheck(station)?.heard === true,
    failing: failing && failureRefusal(failing),
  };
}
