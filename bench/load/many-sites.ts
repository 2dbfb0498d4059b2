/** A project with thousands of registered sites, laid into a centre's database at once: to import and to register them one by one would take hours. */
import { DatabaseSync } from 'node:sqlite';

export interface ManySites {
  readonly sites: number;
  readonly roomsPerSite: number;
  readonly candidatesPerRoom: number;
}

/** Codes by region, as real ones are: two digits of the region, four of the site. */
export function codeOfSite(i: number): string {
  return `${String(10 + Math.floor(i / 100)).padStart(2, '0')}${String((i % 100) + 1).padStart(4, '0')}`;
}

export function roomOfSite(code: string, room: number): string {
  return `${code}-${String(room + 1).padStart(2, '0')}`;
}

/** @param nameOf of the i-th site */
export function layIn(
  file: string,
  projectId: string,
  { sites, roomsPerSite, candidatesPerRoom }: ManySites,
  nameOf: (i: number) => string = (i) => `School ${i + 1}`,
): void {
  const db = new DatabaseSync(file);
  try {
    db.exec('BEGIN');
    const site = db.prepare(
      'INSERT INTO site (project_id, code, name, node_id, registered_at) VALUES (?, ?, ?, ?, ?)',
    );
    const room = db.prepare('INSERT INTO room (project_id, site_code, code, name) VALUES (?, ?, ?, ?)');
    const candidate = db.prepare(
      'INSERT INTO candidate (id, project_id, session_number, site_code, room_code, position, admission_number, name, name_folded, extra_percent) VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, 0)',
    );
    let number = 0;
    for (let i = 0; i < sites; i++) {
      const code = codeOfSite(i);
      site.run(projectId, code, nameOf(i), `node-${code}`, Date.now());
      for (let r = 0; r < roomsPerSite; r++) {
        const roomCode = roomOfSite(code, r);
        room.run(projectId, code, roomCode, roomCode);
        for (let position = 1; position <= candidatesPerRoom; position++) {
          const admission = String(10_000_000 + ++number);
          const name = `Candidate ${number}`;
          candidate.run(
            `c${number}`,
            projectId,
            code,
            roomCode,
            position,
            admission,
            name,
            name.toLowerCase(),
          );
        }
      }
    }
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}

/** Whom the centre knows by the certificate of their connection. */
export function register(file: string, projectId: string, fingerprints: ReadonlyMap<string, string>): void {
  const db = new DatabaseSync(file);
  try {
    db.exec('BEGIN');
    const one = db.prepare('UPDATE site SET tls_fingerprint = ? WHERE project_id = ? AND code = ?');
    for (const [code, fingerprint] of fingerprints) one.run(fingerprint, projectId, code);
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}
