/**
 * Subjects as they are usually coded in exams on paper: a suggestion, other ones can be typed. Short Latin names are those of archives'
 * names; `matem`, `rus` and `him` are known from practice, the others are made like them. Browser-safe.
 */
import type { Words } from './template.ts';

export interface UsualSubject {
  readonly code: string;
  readonly latin: string;
  readonly name: Words;
}

const subject = (code: string, latin: string, en: string, zh: string, ru: string): UsualSubject => ({
  code,
  latin,
  name: { en, zh, ru },
});

export const usualSubjects: readonly UsualSubject[] = [
  subject('01', 'rus', 'Russian language', '俄语', 'Русский язык'),
  subject('02', 'matem', 'Mathematics', '数学', 'Математика'),
  subject('03', 'fiz', 'Physics', '物理', 'Физика'),
  subject('04', 'him', 'Chemistry', '化学', 'Химия'),
  subject('05', 'inform', 'Computer science', '信息技术', 'Информатика'),
  subject('06', 'biol', 'Biology', '生物', 'Биология'),
  subject('07', 'ist', 'History', '历史', 'История'),
  subject('08', 'geogr', 'Geography', '地理', 'География'),
  subject('09', 'angl', 'English language', '英语', 'Английский язык'),
  subject('10', 'nem', 'German language', '德语', 'Немецкий язык'),
  subject('11', 'franc', 'French language', '法语', 'Французский язык'),
  subject('12', 'obsch', 'Social studies', '思想政治', 'Обществознание'),
  subject('13', 'isp', 'Spanish language', '西班牙语', 'Испанский язык'),
  subject('14', 'kit', 'Chinese language', '汉语', 'Китайский язык'),
  subject('18', 'lit', 'Literature', '语文', 'Литература'),
  subject('22', 'matemb', 'Mathematics, basic level', '数学（基础）', 'Математика базового уровня'),
];
