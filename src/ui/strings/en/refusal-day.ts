/** A paper exam's day: stations, materials, keys, kits. */
export const refusalDay = {
  'refusal.station-not-set': 'The station does not know yet whose it is.|Enter site, room and number first.',
  'refusal.station-not-admitted':
    'The site has not admitted this station yet.|Carry its readiness file to the site’s console, and the admission back.',
  'refusal.station-admitted-elsewhere':
    'This station belongs to site {site}.|Enter that site’s code; for another site set the station up in an empty data folder.',
  'refusal.station-of-another-kind':
    'The data here are of a station of another kind ({found}).|Start it as that kind, or with another data folder.',
  'refusal.work-under-way':
    'The materials are open here: this cannot be changed now.|Finish the work, or close the materials, and try again.',
  'refusal.admission-not-as-compared':
    'The admission is not the one whose figure was compared.|Look for it once more, and compare again.',
  'refusal.admission-of-another-centre':
    'The admission names another centre than the one that this station trusts.|Ask the site where it comes from. Nothing was changed.',
  'refusal.admission-of-another-station':
    'The admission is for another station.|Take the one that bears this station’s number.',
  'refusal.materials-missing':
    'There are no materials here yet.|Put in the stick from the site’s console and load them.',
  'refusal.materials-older':
    'These materials are older (revision {revision}) than those here ({here}).|Nothing was changed. Use the newest stick.',
  'refusal.key-missing': 'There is no access key here yet.|Put in the stick with the key and load it.',
  'refusal.key-older':
    'This key has number {number}; number {here} is here already.|A later key contains the earlier ones: nothing needs to be done.',
  'refusal.key-of-another-site': 'The key is for site {site}.|Take the key of this site.',
  'refusal.key-of-another-event':
    'The key is for another exam than the materials here.|Load the materials of that exam, or its right key.',
  'refusal.key-not-for-station':
    'The key does not name this station.|Write the key for it at the site’s console; a new station needs a reserve key.',
  'refusal.key-not-for-room':
    'The key names no kits for room {room}.|Check the room in the step Station, or ask for a reserve key.',
  'refusal.key-too-early':
    'The key opens nothing before {from:time}.|Wait. If it is later than that, set this computer’s clock right.',
  'refusal.key-expired':
    'The key was good until {since:time}.|If it is earlier than that, set this computer’s clock right; else ask for a reserve key.',
  'refusal.key-opens-nothing':
    'The key does not fit the materials here.|Load the newest materials and the newest key.',
  'refusal.key-not-activated':
    'The key is not activated.|A commission member inserts the token and types its PIN.',
  'refusal.token-missing': 'The token is not there.|Insert it and wait until it is shown.',
  'refusal.token-opens-nothing':
    'This token ({serial}) opens nothing here: the key was not made for it.|Use the token of a member whom the key names.',
  'refusal.no-such-drive': 'The stick is not plugged in any more.|Plug it in and choose it again.',
  'refusal.file-not-on-stick':
    'The file is not on a stick any more.|Plug the stick in and choose the file again.',
  'refusal.digits-count': '{found} digits were typed; it takes {expected}.|Have the groups read out again.',
  'refusal.digits-checksum': 'One of the digits is wrong.|Compare group by group.',
  'refusal.run-finished': 'Printing is finished at this station.|Print what is missing at a reserve station.',
  'refusal.kit-unknown': 'There is no kit {kit} here.|Look the number up in the list of kits.',
  'refusal.kit-printed-already':
    'Kit {kit} has been to the printer: its numbers are used up.|Call it spoiled; a reserve kit takes its place.',
  'refusal.kits-beyond-key': 'The key allows {allowed} kits, {used} are used up.|Ask for a reserve key.',
  'refusal.kit-not-spoiled':
    'Kit {kit} is not spoiled: nothing has to replace it.|Call it spoiled first, with the reason.',
  'refusal.kit-not-out': 'Kit {kit} has not come out of the printer.|Wait until it has been printed.',
  'refusal.spoiled-needs-reason': 'A spoiled kit needs a reason.|Say in a few words what is wrong with it.',
  'refusal.kits-without-verdict':
    'Nobody has said yet whether these kits are good: {kits}.|Look at each and say good or spoiled.',
  'refusal.printing-under-way': 'The printer still has {kits} kits.|Wait for it, or say what came out.',
  'refusal.job-unknown': 'No job {job} was sent from here.|Look at the printer’s own list.',
  'refusal.status-told-already': 'The status was told already.|Nothing needs to be done.',
  'refusal.status-not-yet':
    'The status cannot be told yet.|See to what is named below, or give a reason where that helps.',
} as const;
