/** Centre, site and room, each with its console: started at once, and brought up to an exam that is loaded in the room. */
import { exchangeOf, prepareCentre, setUpRoom, setUpSite, signIn, type PreparedProject } from './exam-day.ts';
import { openConsole, type Console, type Contracts, type Disturbance, type RoleProcess } from './process.ts';
import type { Processes, RoleOptions } from './processes.ts';

type TierName = 'centre' | 'site' | 'room';

export interface Tier<R extends TierName> {
  readonly process: RoleProcess;
  readonly console: Console<Contracts[R]>;
}

export interface Tiers {
  readonly centre: Tier<'centre'>;
  readonly site: Tier<'site'>;
  readonly room: Tier<'room'>;
}

export async function startTiers(
  processes: Processes,
  {
    options,
    disturbances,
    hosted,
  }: {
    options?: Partial<Record<TierName, RoleOptions>> | undefined;
    disturbances?: Partial<Record<TierName, Disturbance>> | undefined;
    /** Those that run beside others in one process. */
    hosted?: readonly string[] | undefined;
  } = {},
): Promise<Tiers> {
  const start = async <R extends TierName>(role: R): Promise<Tier<R>> => {
    const process = await processes.start(role, {
      options: options?.[role],
      disturbance: disturbances?.[role],
      hosted: hosted?.includes(role),
    });
    return { process, console: await openConsole(role, process.port) };
  };
  const [centre, site, room] = await Promise.all([start('centre'), start('site'), start('room')]);
  return { centre, site, room };
}

/** Project with roster and paper, publication, registrations, and the exam loaded at site and room. */
export async function loadExam(
  { centre, site, room }: Tiers,
  options: {
    project: Parameters<typeof prepareCentre>[1];
    siteCode: string;
    roomCode: string;
    /** Where the room finds the site, when that is not the site's own address. */
    siteAddress?: string;
    lockPath: string;
    password: string;
  },
): Promise<PreparedProject> {
  const { project, lockPath, password } = options;
  await signIn(centre.console, password);
  const prepared = await prepareCentre(centre.console, project);
  await setUpSite(centre.console, site.console, {
    projectId: prepared.projectId,
    siteCode: options.siteCode,
    centreAddress: exchangeOf(centre.process),
    lockPath,
    password,
    ...(project.mode === undefined ? {} : { mode: project.mode }),
  });
  await setUpRoom(site.console, room.console, {
    roomCode: options.roomCode,
    siteAddress: options.siteAddress ?? exchangeOf(site.process),
    ownAddress: exchangeOf(room.process),
    password,
  });
  return prepared;
}
