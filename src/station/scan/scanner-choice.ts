/** Which scanner this station works with, and how. Kept with its settings. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { ok, refuse, type Result } from '../../base/result.ts';
import { whyNotScan, type Scanner, type ScannerAddress } from '../../hardware/scanner/port.ts';
import type { Station } from '../station.ts';
import { chosenScannerSchema, type ChosenScanner } from './chosen-scanner.ts';
import type { ScanDesk } from './desk.ts';

const settingName = 'station-scanner';

export function chosenScanner({ node }: Station): ChosenScanner | null {
  return node.settings.read(settingName, chosenScannerSchema);
}

export function openScanner(desk: ScanDesk, address: ScannerAddress): Result<Scanner> {
  const tag = createHash('sha256').update(JSON.stringify(address)).digest('hex').slice(0, 16);
  return desk.scanners.open(address, join(scannersFolder(desk), tag));
}

/** Where pages lie between each scanner and this station. */
export function scannersFolder({ station }: ScanDesk): string {
  return join(station.node.data, 'scanner');
}

/** Tried before it is chosen. Refusals: `scan-under-way`, those of the scanner, those of `whyNotScan`. */
export async function chooseScanner(desk: ScanDesk, chosen: ChosenScanner): Promise<Result<void>> {
  const { run } = desk.scanning;
  if (run && run.end === null) return refuse({ type: 'scan-under-way', room: run.room });
  const scanner = openScanner(desk, chosen.address);
  if (!scanner.ok) return scanner;
  const abilities = await scanner.value.abilities();
  if (!abilities.ok) return abilities;
  const unable = whyNotScan(abilities.value, { dpi: 200, source: chosen.source, duplex: chosen.duplex });
  if (unable) return refuse(unable);
  desk.station.node.settings.write(settingName, chosen);
  desk.told();
  return ok();
}
