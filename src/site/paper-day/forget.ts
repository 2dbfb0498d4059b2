/** The exams on paper go with the exam. */
import type { Site } from '../site.ts';

/** Inside a transaction; what lies in `blobs/` goes with everything else there. */
export function forgetPaperDays({ node }: Pick<Site, 'node'>): void {
  node.db.exec(
    `DELETE FROM paper_package; DELETE FROM paper_key_use; DELETE FROM paper_journal; DELETE FROM paper_stage; DELETE FROM paper_status;
     DELETE FROM paper_key_copy; UPDATE paper_station SET replaced_by = NULL; DELETE FROM paper_station; DELETE FROM paper_key;
     DELETE FROM paper_materials; DELETE FROM paper_event;`,
  );
  node.settings.remove('paper-days-handed-up');
  node.settings.remove('paper-words');
  node.settings.remove('paper-consoles');
}
