/**
 * The board in memory: what every site told last, summed up for each session, and who has to hear what of it. A hello costs the sum of one site;
 * a viewer costs what has changed since his last message. No I/O; time is an argument.
 */
import {
  alarmsOf,
  withAcknowledgements,
  type Acknowledgement,
  type WatchedSession,
} from '../../exam/board/alarms.ts';
import type { BoardMessage, BoardSite, Sample } from '../../exam/board/board-view.ts';
import { siteInSession, type KnownSite, type SiteInSession } from '../../exam/board/site-facts.ts';
import type { SiteStatus } from '../../exam/session/site-status.ts';
import { sessionOfNow } from '../../exam/session/session-of-now.ts';
import { isWithin, type Limit } from '../../node/users/limit.ts';

export interface BoardSession extends WatchedSession {
  readonly id: string;
  /** Candidates by site and room: a site that has none in it is not on its board. */
  readonly expected: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export interface BoardProject {
  readonly id: string;
  readonly sessions: readonly BoardSession[];
  readonly newest: { readonly number: number; readonly at: number } | null;
  readonly sites: readonly (KnownSite & { readonly status: SiteStatus | null })[];
}

/** By session and site: codes that were used and that nobody issued. */
export type CodesNotIssued = ReadonlyMap<
  string,
  ReadonlyMap<string, readonly { readonly name: string; readonly usedAt: number }[]>
>;

/** All sites are looked at this often for alarms that come with time alone. */
const sweepMs = 1_000;

interface Site extends KnownSite {
  registeredAt: number | null;
  lastContact: number | null;
  loadedAt: number | null;
  /** Version of its program. */
  program: string | null;
  readonly told: Map<string, SiteInSession>;
  /** Version in which it was heard last. */
  heardIn: number;
}

interface Line {
  site: BoardSite;
  changedIn: number;
}

interface Session {
  readonly of: BoardSession;
  readonly lines: Map<string, Line>;
  readonly dirty: Set<string>;
  readonly samples: { readonly sample: Sample; readonly keptIn: number }[];
  acknowledged: Map<string, Acknowledgement[]>;
  sweptAt: number;
  /** Version in which the list of its sites was made: who has seen an older one hears everything. */
  madeIn: number;
}

interface Project {
  readonly of: BoardProject;
  newest: BoardProject['newest'];
  readonly sites: Map<string, Site>;
  readonly sessions: Map<string, Session>;
}

export class BoardMemory {
  readonly #projects = new Map<string, Project>();
  #codes: CodesNotIssued = new Map();
  #version = 0;

  projectIds(): string[] {
    return [...this.#projects.keys()];
  }

  /** @returns null when the site has not been heard, or is not known. */
  lastContact(projectId: string, code: string): number | null {
    return this.#projects.get(projectId)?.sites.get(code)?.lastContact ?? null;
  }

  loadedAt(projectId: string, code: string): number | null {
    return this.#projects.get(projectId)?.sites.get(code)?.loadedAt ?? null;
  }

  /** By code. */
  knownSites(projectId: string): ReadonlyMap<string, KnownSite> {
    return this.#projects.get(projectId)?.sites ?? new Map();
  }

  program(projectId: string, code: string): string | null {
    return this.#projects.get(projectId)?.sites.get(code)?.program ?? null;
  }

  /** Does it lie within the limit of a user? */
  isWithin(limit: Limit | null, projectId: string, code: string): boolean {
    if (limit === null) return true;
    const site = this.#projects.get(projectId)?.sites.get(code);
    return site !== undefined && isWithin(limit, projectId, site);
  }

  sessions(projectId: string): readonly BoardSession[] {
    return this.#projects.get(projectId)?.of.sessions ?? [];
  }

  /** Takes the place of what was known of it; samples and acknowledgements stay. */
  setProject(of: BoardProject): void {
    const before = this.#projects.get(of.id);
    const version = ++this.#version;
    const sites = new Map(
      of.sites.map(({ status, ...known }): [string, Site] => {
        const told = new Map(
          of.sessions.map((session) => [
            session.id,
            siteInSession(status, session.id, session.expected.get(known.code) ?? new Map()),
          ]),
        );
        return [
          known.code,
          {
            ...known,
            loadedAt: status?.loadedAt ?? null,
            program: status?.program ?? null,
            told,
            heardIn: version,
          },
        ];
      }),
    );
    const sessions = new Map(
      of.sessions.map((session): [string, Session] => {
        const old = before?.sessions.get(session.id);
        return [
          session.id,
          {
            of: session,
            lines: new Map(),
            dirty: new Set([...sites.keys()].filter((code) => session.expected.has(code))),
            samples: old?.samples ?? [],
            acknowledged: old?.acknowledged ?? new Map(),
            sweptAt: 0,
            madeIn: version,
          },
        ];
      }),
    );
    this.#projects.set(of.id, { of, newest: of.newest, sites, sessions });
  }

  /** What changes in a project without its roster or sessions: sites that have registered, and a newer publication. */
  renew(
    projectId: string,
    registered: ReadonlyMap<string, number | null>,
    newest: BoardProject['newest'],
  ): void {
    const project = this.#projects.get(projectId);
    if (!project) return;
    for (const [code, registeredAt] of registered) {
      const site = project.sites.get(code);
      if (!site || site.registeredAt === registeredAt) continue;
      site.registeredAt = registeredAt;
      for (const session of project.sessions.values())
        if (session.of.expected.has(code)) session.dirty.add(code);
    }
    project.newest = newest;
    for (const session of project.sessions.values()) session.sweptAt = 0;
  }

  forgetProject(projectId: string): void {
    this.#projects.delete(projectId);
  }

  /** @returns whether it has loaded something else than before. */
  heard(projectId: string, code: string, status: SiteStatus, at: number): boolean {
    const project = this.#projects.get(projectId);
    const site = project?.sites.get(code);
    if (!project || !site) return false;
    site.lastContact = at;
    site.heardIn = ++this.#version;
    const loaded = site.loadedAt !== status.loadedAt;
    site.loadedAt = status.loadedAt;
    site.program = status.program;
    for (const session of project.of.sessions) {
      const expected = session.expected.get(code);
      if (!expected) continue;
      site.told.set(session.id, siteInSession(status, session.id, expected));
      project.sessions.get(session.id)?.dirty.add(code);
    }
    return loaded;
  }

  setAcknowledgements(sessionId: string, given: ReadonlyMap<string, Acknowledgement[]>): void {
    for (const { sessions } of this.#projects.values()) {
      const session = sessions.get(sessionId);
      if (!session) continue;
      session.acknowledged = new Map(given);
      session.sweptAt = 0;
    }
  }

  setCodes(codes: CodesNotIssued): void {
    this.#codes = codes;
    for (const { sessions } of this.#projects.values())
      for (const session of sessions.values()) session.sweptAt = 0;
  }

  /** @param samples newer than those that are known. */
  addSamples(sessionId: string, samples: readonly Sample[]): void {
    for (const { sessions } of this.#projects.values()) {
      const session = sessions.get(sessionId);
      const last = session?.samples.at(-1)?.sample.at ?? -1;
      for (const sample of samples)
        if (sample.at > last) session?.samples.push({ sample, keptIn: ++this.#version });
    }
  }

  lastSampleAt(projectId: string, sessionId: string): number {
    return this.#projects.get(projectId)?.sessions.get(sessionId)?.samples.at(-1)?.sample.at ?? 0;
  }

  /** The session that somebody means who did not say which. */
  sessionOfNow(projectId: string, now: number): string | null {
    const project = this.#projects.get(projectId);
    if (!project) return null;
    const progress = ({ id }: BoardSession) =>
      [...(project.sessions.get(id)?.of.expected.keys() ?? [])].flatMap(
        (code) => project.sites.get(code)?.told.get(id)?.facts ?? [],
      );
    return sessionOfNow(project.of.sessions, progress, now)?.id ?? null;
  }

  /** Every site of the session as of now. */
  lines(projectId: string, sessionId: string, now: number): BoardSite[] {
    const project = this.#projects.get(projectId);
    const session = project?.sessions.get(sessionId);
    if (!project || !session) return [];
    this.#refresh(project, session, now);
    return [...session.lines.values()].map(({ site }) => site);
  }

  line(projectId: string, sessionId: string, code: string, now: number): BoardSite | null {
    const project = this.#projects.get(projectId);
    const session = project?.sessions.get(sessionId);
    if (!project || !session) return null;
    this.#refresh(project, session, now);
    return session.lines.get(code)?.site ?? null;
  }

  /**
   * What somebody has to hear who has heard everything up to a version.
   * @param seen null: nothing yet, or of another session
   */
  message(
    projectId: string,
    sessionId: string,
    seen: number | null,
    now: number,
  ): { readonly message: BoardMessage; readonly version: number } {
    const project = this.#projects.get(projectId);
    const session = project?.sessions.get(sessionId);
    if (!project || !session)
      return {
        message: { at: now, sessionId: null, whole: true, sites: [], contacts: [], samples: [] },
        version: this.#version,
      };
    this.#refresh(project, session, now);
    const whole = seen === null || seen < session.madeIn;
    const after = whole ? -1 : seen;
    const sites: BoardSite[] = [];
    const contacts: [string, number][] = [];
    for (const [code, { site, changedIn }] of session.lines) {
      if (changedIn > after) sites.push(site);
      else if ((project.sites.get(code)?.heardIn ?? 0) > after && site.lastContact !== null)
        contacts.push([code, site.lastContact]);
    }
    return {
      message: {
        at: now,
        sessionId,
        whole,
        sites,
        contacts,
        samples: session.samples.flatMap(({ sample, keptIn }) => (keptIn > after ? sample : [])),
      },
      version: this.#version,
    };
  }

  #refresh(project: Project, session: Session, now: number): void {
    for (const code of session.dirty) this.#look(project, session, code, now, true);
    session.dirty.clear();
    if (now >= session.sweptAt && now - session.sweptAt < sweepMs) return;
    session.sweptAt = now;
    for (const code of session.lines.keys()) this.#look(project, session, code, now, false);
  }

  /** @param heard something may be new besides alarms that come with time. */
  #look(project: Project, session: Session, code: string, now: number, heard: boolean): void {
    const site = project.sites.get(code);
    const told = site?.told.get(session.of.id);
    if (!site || !told) return;
    const found = alarmsOf(
      {
        site,
        told,
        session: session.of,
        newest: project.newest,
        codesNotIssued: this.#codes.get(session.of.id)?.get(code) ?? [],
      },
      now,
    );
    const line = session.lines.get(code);
    if (line && !heard && found.length === 0 && line.site.alarms.length === 0) return;
    const made: BoardSite = {
      code,
      name: site.name,
      region: site.region,
      registeredAt: site.registeredAt,
      lastContact: site.lastContact,
      ...told.facts,
      alarms: withAcknowledgements(found, session.acknowledged.get(code) ?? []),
    };
    if (!line) session.lines.set(code, { site: made, changedIn: ++this.#version });
    else {
      if (!sameButContact(line.site, made)) line.changedIn = ++this.#version;
      line.site = made;
    }
  }
}

function sameButContact(a: BoardSite, b: BoardSite): boolean {
  return JSON.stringify({ ...a, lastContact: 0 }) === JSON.stringify({ ...b, lastContact: 0 });
}
