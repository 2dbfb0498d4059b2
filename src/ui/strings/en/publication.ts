export const publication = {
  'publication.making':
    'Publication {number} is being made. You may leave this page or sign out: it goes on, also after a restart of the centre.',
  'publication.stopped':
    'Publication {number} was not finished. What was published before is still in force.',
  'publication.cancel': 'Cancel',
  'publication.putAway': 'Put away',
  'publication.cancelled': 'Cancelled: what was published before is still in force.',
  'publication.phase.papers': 'Sealing the papers',
  'publication.phase.packages': 'Making the rooms’ packages',
  'publication.phase.final': 'Putting it in force',
  'publication.papers': 'Papers sealed: {done} of {of}',
  'publication.packages': 'Packages made: {done} of {of}, unchanged {unchanged}',
  'publication.rateBytes': '{rate}/s, left {left}',
  'publication.ratePackages': 'Packages a second: {rate}, left {left}',
  'publication.changed': 'Rooms changed',
  'publication.sites': 'Who has it',
  'publication.sitesCount': 'Loaded by {loaded} of {of} sites',
  'publication.site': 'Site',
  'publication.forSite': 'For the site',
  'publication.taken': 'Taken',
  'publication.way': 'Way',
  'publication.way.online': 'online',
  'publication.way.file': 'as a file',
  'publication.loaded': 'Loaded',
  'publication.downloads': 'Download log',
  'publication.downloadsOf': 'Download log of {site}',
  'publication.noDownloads': 'Nobody has taken it yet',
  'publication.noDownloadsTodo':
    'Every time a site takes its publication, online or as a file, is written down here.',
  'publication.bySite': 'the site',
  'refusal.publication-not-running': 'No publication is being made.',
  'refusal.publication-is-final': 'The publication is final already.|Publish again to change it.',
  'refusal.publication-cancelled':
    'The publication was cancelled; what was published before is still in force.',
  'refusal.publication-interrupted': 'The centre stops; the publication goes on at its next start.',
  'refusal.publication-failed':
    'The publication could not be made: {problem}.|Publish again; if it fails again, tell the support what this line says.',
};
