/** A station as a process of its own, driven by its page's operations; what its centre and site would send it lies on a stick of its own. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '../../src/base/result.ts';
import type { Grant } from '../../src/exam/paper-day/grant.ts';
import { readinessPart, readinessSchema, type Plan } from '../../src/exam/paper-day/parcels.ts';
import type { PlannedKit } from '../../src/exam/paper-day/parcels.ts';
import type { StationKind } from '../../src/exam/paper-day/site-day.ts';
import { inspectParcel } from '../../src/parcel/parcel.ts';
import { fingerprintOf } from '../../src/trust/fingerprint.ts';
import { makeAuthorities, type Authorities, type StationAbove } from '../../src/station/station.fixture.ts';
import {
  openConsole,
  refusalIn,
  startRole,
  type Console,
  type Contracts,
  type Disturbance,
  type RoleProcess,
} from '../../tools/exam-day/process.ts';
import { Stick } from './stick.ts';

export type StationCalls = Contracts['station'];

export interface RealStationOptions {
  readonly kits?: readonly PlannedKit[];
  readonly papers?: readonly Uint8Array[];
  readonly plan?: Partial<Plan>;
  readonly room?: string | null;
  readonly disturbance?: Disturbance;
  /** Real costs of PINs: where a token is tried. */
  readonly realPins?: boolean;
  /** Of its stick; not given: as much as this computer has. */
  readonly stickKilobytes?: number;
  /** Where its data lies; not given: in its own folder. */
  readonly data?: string;
}

export class RealStation {
  readonly folder: string;
  readonly data: string;
  readonly stick: Stick;
  readonly kind: StationKind;
  readonly #options: RealStationOptions;
  #process: RoleProcess | null = null;
  #console: Console<StationCalls> | null = null;
  #above: Authorities | null = null;

  private constructor(kind: StationKind, options: RealStationOptions) {
    this.folder = mkdtempSync(join(tmpdir(), `invigil-${kind}-`));
    this.kind = kind;
    this.#options = options;
    this.data = options.data ?? join(this.folder, 'data');
    // What the authorities write lands on it, plugged in or not.
    this.stick = new Stick(join(this.folder, 'stick'), join(this.folder, 'sticks'));
  }

  static async start(kind: StationKind, options: RealStationOptions = {}): Promise<RealStation> {
    const station = new RealStation(kind, options);
    if (options.stickKilobytes !== undefined) station.stick.format(options.stickKilobytes);
    station.#above = await makeAuthorities(
      station.folder,
      options.kits,
      options.papers ? [...options.papers] : undefined,
      options.plan,
    );
    station.stick.plugIn();
    try {
      await station.again();
    } catch (error) {
      // Nobody else knows of its stick yet.
      await station.close();
      throw error;
    }
    return station;
  }

  get above(): Authorities {
    if (!this.#above) throw new Error('not started');
    return this.#above;
  }

  get call(): StationCalls {
    if (!this.#console) throw new Error('not started');
    return this.#console.call;
  }

  get process(): RoleProcess {
    if (!this.#process) throw new Error('not started');
    return this.#process;
  }

  /** A second window at the same station. */
  window(): Promise<Console<StationCalls>> {
    return openConsole('station', this.process.port);
  }

  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** Starts it where it was. Whoever ran there must have ended. */
  async again(): Promise<void> {
    const { disturbance = {}, realPins = false } = this.#options;
    this.#process = await startRole(
      'station',
      {
        kind: this.kind,
        data: this.data,
        sticks: join(this.folder, 'sticks'),
        port: 0,
        'log-level': 'error',
      },
      disturbance,
      { dataStays: realPins },
    );
    this.#console = await this.window();
  }

  /** Waits until it has ended by itself, and says how. */
  async died(): Promise<NodeJS.Signals | null> {
    const { child } = this.process;
    if (!child) throw new Error('no process of its own');
    if (child.signalCode === null && child.exitCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
    return child.signalCode;
  }

  /** What the authorities have written, as the station finds it on the stick. */
  onStick(path: string): string {
    return join(this.stick.place, path.slice(this.stick.content.length));
  }

  /** From the readiness on the stick. */
  async known(): Promise<StationAbove> {
    const folder = join(this.stick.content, 'INVIGIL', 'stations');
    const [file = ''] = readdirSync(folder).filter((name) => name.startsWith('READY'));
    const path = join(folder, file);
    const { manifest, entries } = expectOk(await inspectParcel(path));
    const entry = entries[manifest.parts.findIndex(({ name }) => name === readinessPart)];
    const bytes = readFileSync(path).subarray(entry?.offset, (entry?.offset ?? 0) + (entry?.size ?? 0));
    const said = readinessSchema.parse(JSON.parse(bytes.toString()));
    return {
      node: {
        id: said.stationId,
        keys: { signing: { publicKey: said.signingKey }, sealing: { recipient: said.sealingKey } },
        clock: { now: () => Date.now() },
      },
    };
  }

  async set(): Promise<void> {
    const { room = '0001' } = this.#options;
    await this.call.settings.save({ siteCode: '0801', room, number: '3' });
  }

  /** Settings, readiness to the stick, admission back. */
  async admit(): Promise<void> {
    await this.set();
    await this.call.admission.writeReadiness({ drive: this.stick.place, checks: [] });
    const path = await this.above.admission(await this.known());
    await this.takeAdmission(this.onStick(path));
  }

  /** As compared by somebody. */
  async takeAdmission(path: string): Promise<void> {
    const rootFingerprint = fingerprintOf(this.above.root);
    await this.call.admission.take({ path, rootFingerprint });
  }

  /** Up to the key, which opens without a token. */
  async load(grant: Partial<Grant> = {}): Promise<void> {
    await this.admit();
    await this.call.materials.load({ path: this.onStick(await this.above.materials()) });
    const key = await this.above.key(await this.known(), { opens: 'password', ...grant });
    await this.call.key.load({ path: this.onStick(key) });
  }

  async activate(): Promise<void> {
    await this.call.key.activate({ serial: null, pin: '' });
  }

  async close(): Promise<void> {
    await this.kill();
    this.stick.throwAway();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a station refused; null: it did it. */
export async function refused(asked: Promise<unknown>) {
  return asked.then(
    () => null,
    (error: unknown) => {
      const refusal = refusalIn(error);
      if (!refusal) throw error;
      return refusal;
    },
  );
}
