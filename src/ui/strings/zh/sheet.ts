import type { sheet as en } from '../en/sheet.ts';
import type { SameKeys } from '../strings.ts';

export const sheet: SameKeys<typeof en> = {
  'sheet.doorAndSeats': '门贴座次表',
  'sheet.doorAndSeatsOfAll': '全部考场的门贴座次表',
  'sheet.tickets': '准考证',
  'sheet.ticketsOfAll': '全部考场的准考证',
  'sheet.open': '打开（PDF）',
  'sheet.page': '第 {page} 页，共 {pages} 页',
  'sheet.missing': '方框内的编码代表本系统字体中没有的字，请手工填写：{codes}',
  'sheet.room': '考场',
  'sheet.site': '考点',
  'sheet.numbers': '准考证范围',
  'sheet.zone': '时间为当地时间：{zone}。',
  'sheet.publication': '发布批次 {number}',
  'sheet.seatTable': '座次表',
  'sheet.freeSeats': '未指定机位号：任选空闲机位',
  'sheet.index': '序号',
  'sheet.kitList': '套卷与试卷',
  'sheet.kit': '套卷',
  'sheet.questionPaper': '试卷',
  'sheet.reserveKit': '备用',
  'sheet.printedKit': '已打印，发给',
  'sheet.reservesOfSite': '考点备用',
  'sheet.photo': '照片',
  'sheet.photoUnprintable': '照片文件已损坏',
  'sheet.ticket': '准考证',
  'sheet.minutes': '时长（分）',
  'sheet.signIn': '登录时间',
  'sheet.anySeat': '任选',
  'sheet.signInRule': '请在“登录时间”内，在机位上凭准考证号登录。',
  'sheet.lateRule': '迟到者须由监考员申请授权码后方可登录。',
  'sheet.ticketsOf': '范围',
  'sheet.wholeProject': '整个项目',
  'sheet.ticketsText':
    '生成一个 PDF 文件，每名考生一张准考证，含照片、考场和全部场次。字体已嵌入，任何打印店均可打印。',
  'sheet.make': '生成 PDF',
  'refusal.too-many-for-one-file':
    '共 {count} 名考生，一个文件最多 {limit} 名。|请选择一个考点；在考点端请选择一个考场。',
  'refusal.photos-too-large-for-one-file':
    '照片共 {bytes:bytes}，一个文件最多 {limit:bytes}。|请选择一个考点；在考点端请选择一个考场。',
  'refusal.roster-without-sessions':
    '考生名单中的场次在本项目中不存在：{numbers}。|请添加场次，或重新导入考生名单。',
  'refusal.no-tickets': '此处没有考生。|请导入考生名单，或选择其他考点或考场。',
};
