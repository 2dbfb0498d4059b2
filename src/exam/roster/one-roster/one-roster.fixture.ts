/** A small OneRoster package, written by hand: two schools, three classes of two courses. */
import { zipOf } from '../../paper/package.fixture.ts';

export type PackageTexts = Record<string, string | Uint8Array>;

const head = 'sourcedId,status,dateLastModified';

export const oneRoster11: PackageTexts = {
  'manifest.csv': [
    'propertyName,value',
    'manifest.version,1.0',
    'oneroster.version,1.1',
    'file.academicSessions,bulk',
    'file.classes,bulk',
    'file.courses,bulk',
    'file.demographics,absent',
    'file.enrollments,bulk',
    'file.orgs,bulk',
    'file.users,bulk',
  ].join('\r\n'),
  'academicSessions.csv': `${head},title,type,startDate,endDate,parentSourcedId,schoolYear\nt1,,,Spring,term,2026-02-01,2026-06-30,,2026\n`,
  'orgs.csv': `${head},name,type,identifier,parentSourcedId\no1,,,"School ""No. 1""",school,S1,d1\no2,,,Вторая школа,school,S2,d1\nd1,,,District,district,,\n`,
  'courses.csv': `${head},schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\nc1,,,,Mathematics,M,,d1,,\nc2,,,,Languages,L,,d1,,\n`,
  'classes.csv': `${head},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds,subjects,subjectCodes,periods\nk1,,,"Maths, first group",9,c1,M-1,scheduled,Hall,o1,t1,,,\nk2,,,Maths,9,c1,M-2,scheduled,,o2,t1,,,\nk3,,,Languages,9,c2,L-1,scheduled,,o1,t1,,,\n`,
  'users.csv': `${head},enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password\nu1,,,true,o1,student,a,,Anna,Öztürk,Maria,1001,,,,,,\nu2,,,true,o1,student,b,,小明,王,,1002,,,,,,\nu3,,,true,o2,student,c,,Айгуль,Ахметова,Ивановна,1003,,,,,,\nu4,,,false,o2,student,d,,Gone,Away,,1004,,,,,,\nu5,,,true,o1,teacher,e,,Tea,Cher,,,,,,,,\n`,
  'enrollments.csv': `${head},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\ne1,,,k1,o1,u1,student,,,\ne2,,,k1,o1,u2,student,,,\ne3,,,k2,o2,u3,student,,,\ne4,,,k2,o2,u4,student,,,\ne5,,,k1,o1,u5,teacher,true,,\ne6,,,k3,o1,u1,student,,,\n`,
};

/** The same as OneRoster 1.2 has it: roles in a file of their own. */
export const oneRoster12: PackageTexts = {
  ...oneRoster11,
  'manifest.csv': `${String(oneRoster11['manifest.csv']).replace('version,1.1', 'version,1.2')}\r\nfile.roles,bulk\r\n`,
  'users.csv': `${head},enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,resourceSourcedIds,preferredGivenName,preferredMiddleName,preferredFamilyName,primaryOrgSourcedId,pronouns\nu1,,,true,a,,Anna,Öztürk,Maria,1001,,,,,,,,,,,,o1,\nu2,,,true,b,,小明,王,,1002,,,,,,,,,,,,o1,\nu3,,,true,c,,Айгуль,Ахметова,Ивановна,1003,,,,,,,,,,,,o2,\nu4,,,false,d,,Gone,Away,,1004,,,,,,,,,,,,o2,\nu5,,,true,e,,Tea,Cher,,,,,,,,,,,,,,o1,\n`,
  'roles.csv': `${head},userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId\nr1,,,u1,primary,student,,,o1,\nr2,,,u2,primary,student,,,o1,\nr3,,,u3,primary,student,,,o2,\nr4,,,u4,primary,student,,,o2,\nr5,,,u5,primary,teacher,,,o1,\n`,
};

/** A ZIP of the package, with other texts where they are given; null: without this file. */
export function oneRosterZip(
  changed: Record<string, string | Uint8Array | null> = {},
  base: PackageTexts = oneRoster11,
): ReturnType<typeof zipOf> {
  const files = Object.entries({ ...base, ...changed }).filter(
    (one): one is [string, string | Uint8Array] => one[1] !== null,
  );
  return zipOf(Object.fromEntries(files));
}
