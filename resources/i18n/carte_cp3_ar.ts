<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ar" sourcelanguage="en">
<context>
    <name>CallForm</name>
    <message>
        <source>Institution</source>
        <translation>المؤسسة</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>الجهة</translation>
    </message>
    <message>
        <source>Search in the call list</source>
        <translation>البحث في لائحة المكالمات</translation>
    </message>
    <message>
        <source>Records to verify</source>
        <translation>بطاقات للتحقق</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>البطاقة</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>الهاتف</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>الأجل</translation>
    </message>
    <message>
        <source>Verified today (telephone)</source>
        <translation>تم التحقق اليوم (هاتف)</translation>
    </message>
    <message>
        <source>Note that the chosen records were confirmed by telephone today</source>
        <translation>تسجيل أن البطاقات المختارة أُكدت اليوم بالهاتف</translation>
    </message>
    <message>
        <source>Save or print…</source>
        <translation>حفظ أو طباعة…</translation>
    </message>
    <message>
        <source>The list as it is filtered, as XLSX to fill in or as PDF to print</source>
        <translation>اللائحة كما صُفيت، بصيغة XLSX للملء أو PDF للطباعة</translation>
    </message>
    <message>
        <source>Language of the list</source>
        <translation>لغة اللائحة</translation>
    </message>
    <message>
        <source>Double-click a record to see its site on the map and its form.</source>
        <translation>انقروا مرتين على بطاقة لرؤية موقعها على الخريطة واستمارتها.</translation>
    </message>
</context>
<context>
    <name>CarteCP3</name>
    <message>
        <source>Project (empty: the one that is open)</source>
        <translation>المشروع (فارغ: المشروع المفتوح)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>التقرير</translation>
    </message>
    <message>
        <source>Build the project</source>
        <translation>إنشاء المشروع</translation>
    </message>
    <message>
        <source>Writes a QGIS project with the store&apos;s layers, forms, relations and styles on the boundaries of Morocco. It opens without this plugin; a copy of the boundaries is laid beside it, so that the folder may be moved.</source>
        <translation>يكتب مشروع QGIS يضم طبقات القاعدة واستماراتها وعلاقاتها وأنماطها فوق حدود المغرب. يُفتح المشروع دون هذا الملحق، وتوضع نسخة من الحدود بجانبه ليتسنى نقل المجلد.</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>المشروع</translation>
    </message>
    <message>
        <source>Check a store</source>
        <translation>مراقبة قاعدة</translation>
    </message>
    <message>
        <source>Checks all records with the same rules as the importer: positions, phones, hours, translations, duplicates, freshness. Records are not changed; the findings are kept in the store and, if asked for, in the report.</source>
        <translation>يراقب جميع البطاقات بنفس قواعد الاستيراد: المواضع والهواتف والأوقات والترجمات والتكرارات وحداثة المعطيات. لا تُعدل البطاقات؛ وتُحفظ الملاحظات في القاعدة وفي التقرير عند الطلب.</translation>
    </message>
    <message>
        <source>Blocking findings</source>
        <translation>ملاحظات مانعة</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>تنبيهات</translation>
    </message>
    <message>
        <source>Create a store</source>
        <translation>إنشاء قاعدة</translation>
    </message>
    <message>
        <source>Makes an empty store with the tables of the institution/service schema, its closed lists and the committee&apos;s institutions. A file that exists is never overwritten.</source>
        <translation>ينشئ قاعدة فارغة تضم جداول مخطط المؤسسات والخدمات ولوائحها المغلقة ومؤسسات اللجنة. لا يُستبدل أي ملف موجود.</translation>
    </message>
    <message>
        <source>New store</source>
        <translation>قاعدة جديدة</translation>
    </message>
    <message>
        <source>Export a store</source>
        <translation>تصدير قاعدة</translation>
    </message>
    <message>
        <source>Writes what is published and public, and nothing else, as an Excel workbook, GeoJSON, CSV, or HSDS 3 (the standard of service directories). COUNT is the number of sites.</source>
        <translation>يكتب ما هو منشور وعمومي فقط، في مصنف إكسل أو GeoJSON أو CSV أو HSDS 3 (معيار أدلة الخدمات). COUNT هو عدد المواقع.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation>الملف المصدَّر</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>المواقع</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>استيراد جدول</translation>
    </message>
    <message>
        <source>Reads an institution&apos;s table as it was sent (Excel, OpenDocument, CSV), recognises its columns, locates and checks every row and writes the good ones into the store. The report has every row, the refused ones with reason and proposal. The same file twice changes nothing; an import can be undone by its batch.</source>
        <translation>يقرأ جدول المؤسسة كما أُرسل (إكسل أو OpenDocument أو CSV) ويتعرف على أعمدته ويحدد مكان كل سطر ويراقبه ثم يكتب الأسطر السليمة في القاعدة. يتضمن التقرير جميع الأسطر، والمرفوضة منها مع السبب والاقتراح. لا يغير الملف نفسه شيئا عند استيراده مرة ثانية؛ ويمكن التراجع عن أي استيراد بواسطة دفعته.</translation>
    </message>
    <message>
        <source>Table to import</source>
        <translation>الجدول المراد استيراده</translation>
    </message>
    <message>
        <source>Sheet (empty: the one with the records)</source>
        <translation>الورقة (فارغ: التي تتضمن البطاقات)</translation>
    </message>
    <message>
        <source>Code of the institution</source>
        <translation>رمز المؤسسة</translation>
    </message>
    <message>
        <source>Column mapping</source>
        <translation>مطابقة الأعمدة</translation>
    </message>
    <message>
        <source>Status of new records</source>
        <translation>حالة البطاقات الجديدة</translation>
    </message>
    <message>
        <source>Only try: report, but write nothing</source>
        <translation>تجربة فقط: تقرير دون كتابة</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>الدفعة</translation>
    </message>
    <message>
        <source>Records created</source>
        <translation>بطاقات منشأة</translation>
    </message>
    <message>
        <source>Records updated</source>
        <translation>بطاقات محيَّنة</translation>
    </message>
    <message>
        <source>Records unchanged</source>
        <translation>بطاقات دون تغيير</translation>
    </message>
    <message>
        <source>Rows refused</source>
        <translation>أسطر مرفوضة</translation>
    </message>
    <message>
        <source>Print the regional sheets</source>
        <translation>طباعة اللوحات الجهوية</translation>
    </message>
    <message>
        <source>Codes of the regions (empty: all)</source>
        <translation>رموز الجهات (فارغ: كلها)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Folder of the sheets</source>
        <translation>مجلد اللوحات</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>الملفات</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>اللوحات</translation>
    </message>
    <message>
        <source>Publish the web map</source>
        <translation>نشر الخريطة على الويب</translation>
    </message>
    <message>
        <source>Writes a folder with the page for readers: list and map of every published site, on the project&apos;s own map through qgis2web, or on the plain backdrop that comes with the plugin. « auto » takes qgis2web where it is installed. What was published before stands until the new page is complete.</source>
        <translation>يكتب مجلدا يضم صفحة القراء: لائحة وخريطة جميع المواقع المنشورة، فوق خريطة المشروع بواسطة qgis2web أو فوق الخلفية البسيطة المرفقة بالملحق. يستعمل الاختيار «auto» qgis2web إن كان مثبتا. تبقى النسخة المنشورة سابقا إلى أن تكتمل الصفحة الجديدة.</translation>
    </message>
    <message>
        <source>Backdrop</source>
        <translation>خلفية الخريطة</translation>
    </message>
    <message>
        <source>Languages of the page, the first one opens</source>
        <translation>لغات الصفحة، تُفتح الأولى</translation>
    </message>
    <message>
        <source>Folder of the page</source>
        <translation>مجلد الصفحة</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>الصفحة</translation>
    </message>
    <message>
        <source>Backdrop used</source>
        <translation>الخلفية المستعملة</translation>
    </message>
    <message>
        <source>Undo an import</source>
        <translation>التراجع عن استيراد</translation>
    </message>
    <message>
        <source>Removes what one import created and puts back what it changed. The batch is the output BATCH of « Import a table »; the table import_batch lists them all.</source>
        <translation>يزيل ما أنشأه استيراد ويعيد ما غيّره إلى حاله. الدفعة هي المخرج BATCH لعملية «استيراد جدول»؛ ويسردها كلها الجدول import_batch.</translation>
    </message>
    <message>
        <source>Batch to undo</source>
        <translation>الدفعة المراد التراجع عنها</translation>
    </message>
    <message>
        <source>Records restored</source>
        <translation>بطاقات مسترجعة</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>الموضع</translation>
    </message>
    <message>
        <source>All severities</source>
        <translation>كل الدرجات</translation>
    </message>
    <message>
        <source>Checking the store</source>
        <translation>مراقبة القاعدة</translation>
    </message>
    <message>
        <source>“{record}” has no position to show.</source>
        <translation>ليس لـ«{record}» موضع يمكن عرضه.</translation>
    </message>
    <message>
        <source>Store checked: {blocking} blocking, {warnings} warnings.</source>
        <translation>تمت مراقبة القاعدة. ملاحظات مانعة: {blocking}؛ تنبيهات: {warnings}.</translation>
    </message>
    <message>
        <source>Open a store</source>
        <translation>فتح قاعدة</translation>
    </message>
    <message>
        <source>Undo the last import</source>
        <translation>التراجع عن آخر استيراد</translation>
    </message>
    <message>
        <source>Undoing the import</source>
        <translation>التراجع عن الاستيراد</translation>
    </message>
    <message>
        <source>Import undone: {count} records are as before.</source>
        <translation>تم التراجع عن الاستيراد. البطاقات التي عادت كما كانت: {count}.</translation>
    </message>
    <message>
        <source>{count} were edited since and keep what was edited.</source>
        <translation>البطاقات التي عُدلت بعده واحتفظت بتصحيحاتها: {count}.</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>عرض على الخريطة</translation>
    </message>
    <message>
        <source>{file}, {moment}</source>
        <translation>{file}، {moment}</translation>
    </message>
    <message>
        <source>No recent store</source>
        <translation>لا توجد قواعد حديثة</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>البيانات</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>المراقبة</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>النمط</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>النشر</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>الطباعة</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>لا توجد قاعدة مفتوحة.</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>لا يوجد بعد</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>الدرجة</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>البطاقة</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>السطر</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>القيمة</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>الملاحظة</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>الاقتراح</translation>
    </message>
    <message>
        <source>Tables ({patterns})</source>
        <translation>جداول ({patterns})</translation>
    </message>
    <message>
        <source>Trying the import</source>
        <translation>تجربة الاستيراد</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>جار الاستيراد</translation>
    </message>
    <message>
        <source>Imported from {file}:</source>
        <translation>تم الاستيراد من {file}:</translation>
    </message>
    <message>
        <source>Trial of {file}; nothing is written yet:</source>
        <translation>تجربة {file}؛ لم يُكتب شيء بعد:</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>حفظ التقرير</translation>
    </message>
    <message>
        <source>Report saved: {file}</source>
        <translation>تم حفظ التقرير: {file}</translation>
    </message>
    <message>
        <source>The first with records</source>
        <translation>الأولى التي تتضمن بطاقات</translation>
    </message>
    <message>
        <source>As the file says</source>
        <translation>كما يحدد الملف</translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed.</source>
        <translation>تم الإلغاء: لم يتغير شيء.</translation>
    </message>
    <message>
        <source>This should not have happened: {error}. The details help to mend it.</source>
        <translation>ما كان ينبغي أن يحدث هذا: {error}. تساعد التفاصيل على إصلاحه.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>التفاصيل</translation>
    </message>
    <message>
        <source>French and Arabic</source>
        <translation>الفرنسية والعربية</translation>
    </message>
    <message>
        <source>French</source>
        <translation>الفرنسية</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>العربية</translation>
    </message>
    <message>
        <source>Printing the sheets</source>
        <translation>طباعة اللوحات</translation>
    </message>
    <message>
        <source>Automatic: the best one installed</source>
        <translation>تلقائي: أفضل ما هو مثبت</translation>
    </message>
    <message>
        <source>This project, through qgis2web</source>
        <translation>هذا المشروع بواسطة qgis2web</translation>
    </message>
    <message>
        <source>The plain map of the plugin</source>
        <translation>الخريطة البسيطة للملحق</translation>
    </message>
    <message>
        <source>Publishing the web map</source>
        <translation>نشر الخريطة على الويب</translation>
    </message>
    <message>
        <source>Creating the store</source>
        <translation>إنشاء القاعدة</translation>
    </message>
    <message>
        <source>Opening the store</source>
        <translation>فتح القاعدة</translation>
    </message>
    <message>
        <source>Reading the store</source>
        <translation>قراءة القاعدة</translation>
    </message>
    <message>
        <source>Styles restored on {count} layers.</source>
        <translation>تمت استعادة الأنماط. عدد الطبقات: {count}.</translation>
    </message>
    <message>
        <source>Left as they are, edited since: {count} records.</source>
        <translation>بطاقات تُركت كما هي لأنها عُدلت بعده: {count}.</translation>
    </message>
    <message>
        <source>Store: {file}</source>
        <translation>القاعدة: {file}</translation>
    </message>
    <message>
        <source>{files} files printed, with {sites} sites.</source>
        <translation>اللوحات المطبوعة: {files} (المواقع: {sites}).</translation>
    </message>
    <message>
        <source>Base map: {name}</source>
        <translation>خلفية الخريطة: {name}</translation>
    </message>
    <message>
        <source>Files: {files}, {size} KB</source>
        <translation>الملفات: {files}، {size} كيلوبايت</translation>
    </message>
    <message>
        <source>On the page as they are:</source>
        <translation>في الصفحة كما هي:</translation>
    </message>
    <message>
        <source>On the page, a little changed:</source>
        <translation>في الصفحة مع تغيير طفيف:</translation>
    </message>
    <message>
        <source>Left out:</source>
        <translation>لم تُدرج:</translation>
    </message>
    <message>
        <source>Reading what is published</source>
        <translation>قراءة ما هو منشور</translation>
    </message>
    <message>
        <source>Drawing the symbols</source>
        <translation>رسم الرموز</translation>
    </message>
    <message>
        <source>Preparing the map</source>
        <translation>إعداد الخريطة</translation>
    </message>
    <message>
        <source>Writing the list and the data</source>
        <translation>كتابة اللائحة والمعطيات</translation>
    </message>
    <message>
        <source>Checking the page</source>
        <translation>مراقبة الصفحة</translation>
    </message>
    <message>
        <source>Putting it in its place</source>
        <translation>وضعها في مكانها</translation>
    </message>
    <message>
        <source>{count} sites published.</source>
        <translation>المواقع المنشورة: {count}.</translation>
    </message>
    <message>
        <source>Blocking: {blocking} · Warnings: {warnings}</source>
        <translation>مانعة: {blocking} · تنبيهات: {warnings}</translation>
    </message>
    <message>
        <source>Undo the import of {file}? Records that it created are removed, records that it changed are as before; what was edited since is kept.</source>
        <translation>هل تريدون التراجع عن استيراد {file}؟ تُزال البطاقات التي أنشأها وتعود التي غيّرها كما كانت؛ ويُحتفظ بما صُحح بعده.</translation>
    </message>
    <message>
        <source>This project shows another store ({file}). Start a new project for the store in use?</source>
        <translation>يعرض هذا المشروع قاعدة أخرى ({file}). هل تريدون بدء مشروع جديد للقاعدة المفتوحة؟</translation>
    </message>
    <message>
        <source>Without position: {missing} · Open findings: {findings} · Last publication: {last}</source>
        <translation>دون موضع: {missing} · ملاحظات مفتوحة: {findings} · آخر نشر: {last}</translation>
    </message>
    <message>
        <source>{created} created · {updated} updated · {unchanged} unchanged · {refused} refused · {warnings} warnings</source>
        <translation>منشأة: {created} · محيَّنة: {updated} · دون تغيير: {unchanged} · مرفوضة: {refused} · تنبيهات: {warnings}</translation>
    </message>
    <message>
        <source>No open finding since the last check.</source>
        <translation>لا توجد ملاحظات مفتوحة منذ آخر مراقبة.</translation>
    </message>
    <message>
        <source>Commune or town</source>
        <translation>الجماعة أو المدينة</translation>
    </message>
    <message>
        <source>Province or prefecture</source>
        <translation>الإقليم أو العمالة</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>الجهة</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>خط العرض</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>خط الطول</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>الإحداثيات</translation>
    </message>
    <message>
        <source>Services offered</source>
        <translation>الخدمات المقدمة</translation>
    </message>
    <message>
        <source>Offered at sites of the kinds</source>
        <translation>يقدم في أماكن من نوع</translation>
    </message>
    <message>
        <source>{field}?</source>
        <translation>{field}؟</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>غير معروف</translation>
    </message>
    <message>
        <source>{table}: {lines} rows; {taken} of {all} columns are recognised.</source>
        <translation>{table}: عدد السطور {lines}؛ الأعمدة المعروفة {taken} من أصل {all}.</translation>
    </message>
    <message>
        <source>Questions to answer: {count}.</source>
        <translation>أسئلة تنتظر الجواب: {count}.</translation>
    </message>
    <message>
        <source>Do not take</source>
        <translation>عدم الأخذ به</translation>
    </message>
    <message>
        <source>Folder for the tables to hand out</source>
        <translation>مجلد النماذج المراد تسليمها</translation>
    </message>
    <message>
        <source>Tables to hand out written: {folder}</source>
        <translation>كُتبت النماذج في {folder}</translation>
    </message>
    <message>
        <source>Writing the tables</source>
        <translation>كتابة النماذج</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>قراءة الملف</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>إعادة المحاولة</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>كتابة التقرير</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>All rows ({count})</source>
        <translation>كل السطور ({count})</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>أُنشئت</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>حُيّنت</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>دون تغيير</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>مرفوضة</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>النتيجة</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>الاسم</translation>
    </message>
    <message>
        <source>It was deleted since.</source>
        <translation>حُذفت منذ ذلك الحين.</translation>
    </message>
    <message>
        <source>It stays: other records refer to it.</source>
        <translation>تبقى: بطاقات أخرى تحيل عليها.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>المفتوحة</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>المتجاهلة</translation>
    </message>
    <message>
        <source>Ignored: {count}</source>
        <translation>المتجاهلة: {count}</translation>
    </message>
    <message>
        <source>Ignore findings</source>
        <translation>تجاهل ملاحظات</translation>
    </message>
    <message>
        <source>Why can what was found stay as it is? Whoever checks later reads this.</source>
        <translation>لماذا يمكن أن تبقى الملاحظة كما هي؟ سيقرأ هذا السبب من يراقب لاحقا.</translation>
    </message>
    <message>
        <source>Nothing was ignored: give a reason.</source>
        <translation>لم يُتجاهل شيء: اذكروا السبب.</translation>
    </message>
    <message>
        <source>Findings ignored: {count}</source>
        <translation>الملاحظات المتجاهلة: {count}</translation>
    </message>
    <message>
        <source>Ignoring findings</source>
        <translation>تجاهل الملاحظات</translation>
    </message>
    <message>
        <source>Findings reopened: {count}</source>
        <translation>الملاحظات المعاد فتحها: {count}</translation>
    </message>
    <message>
        <source>Reopening findings</source>
        <translation>إعادة فتح الملاحظات</translation>
    </message>
    <message>
        <source>Ignored: {reason}</source>
        <translation>متجاهلة: {reason}</translation>
    </message>
    <message>
        <source>Store (.gpkg file, or PG: and a connection)</source>
        <translation>القاعدة (ملف ‎.gpkg أو PG: يليه الاتصال)</translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation>البحث عن التكرارات</translation>
    </message>
    <message>
        <source>Pairs that are probably one place: {count}</source>
        <translation>أزواج يرجح أنها مكان واحد: {count}</translation>
    </message>
    <message>
        <source>Record that is kept</source>
        <translation>البطاقة التي تبقى</translation>
    </message>
    <message>
        <source>Fields that are the same in both: {count}. The record that is not kept is closed and leads to the other one; its offers, notices and history are kept.</source>
        <translation>الحقول المتطابقة في البطاقتين: {count}. البطاقة التي لا تبقى تُغلق وتحيل على الأخرى؛ وتُحفظ عروضها وإعلاناتها وسجلها.</translation>
    </message>
    <message>
        <source>Merge “{given_up}” into “{kept}”? The first is closed as a duplicate and leads to the second.</source>
        <translation>هل تُدمج «{given_up}» في «{kept}»؟ تُغلق الأولى بوصفها تكرارا وتحيل على الثانية.</translation>
    </message>
    <message>
        <source>Merge two records</source>
        <translation>دمج بطاقتين</translation>
    </message>
    <message>
        <source>Two records were merged into one.</source>
        <translation>دُمجت بطاقتان في واحدة.</translation>
    </message>
    <message>
        <source>Merging two records</source>
        <translation>دمج بطاقتين</translation>
    </message>
    <message>
        <source>Two places</source>
        <translation>مكانان</translation>
    </message>
    <message>
        <source>How are they known to be two places? Whoever checks later reads this.</source>
        <translation>كيف يُعرف أنهما مكانان؟ سيقرأ هذا السبب من يراقب لاحقا.</translation>
    </message>
    <message>
        <source>Noting that they are two places</source>
        <translation>تسجيل أنهما مكانان</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent}٪</translation>
    </message>
    <message>
        <source>same name</source>
        <translation>الاسم نفسه</translation>
    </message>
    <message>
        <source>same words</source>
        <translation>الكلمات نفسها</translation>
    </message>
    <message>
        <source>names alike</source>
        <translation>اسمان متقاربان</translation>
    </message>
    <message>
        <source>one name within the other</source>
        <translation>اسم ضمن الآخر</translation>
    </message>
    <message>
        <source>one name translates the other</source>
        <translation>اسم ترجمة للآخر</translation>
    </message>
    <message>
        <source>same kind</source>
        <translation>النوع نفسه</translation>
    </message>
    <message>
        <source>the only one of its kind there</source>
        <translation>الوحيد من نوعه هناك</translation>
    </message>
    <message>
        <source>same number in the name</source>
        <translation>الرقم نفسه في الاسم</translation>
    </message>
    <message>
        <source>same telephone</source>
        <translation>الهاتف نفسه</translation>
    </message>
    <message>
        <source>same town</source>
        <translation>المدينة نفسها</translation>
    </message>
    <message>
        <source>same position</source>
        <translation>الموضع نفسه</translation>
    </message>
    <message>
        <source>same address</source>
        <translation>العنوان نفسه</translation>
    </message>
    <message>
        <source>same institution</source>
        <translation>المؤسسة نفسها</translation>
    </message>
    <message>
        <source>Line of the headings (0: it is recognised)</source>
        <translation>سطر العناوين (0: يُتعرف عليه تلقائيا)</translation>
    </message>
    <message>
        <source>No row of headings was recognised among the first lines of the file. Choose it above, or name the columns in the file (“Nom”, “Type”, “Commune”, “Téléphone”…).</source>
        <translation>لم يُتعرف على أي سطر عناوين بين أسطر الملف الأولى. اختاروه أعلاه أو سموا الأعمدة في الملف («Nom»، «Type»، «Commune»، «Téléphone»…).</translation>
    </message>
    <message>
        <source>Choose the row of headings</source>
        <translation>اختاروا سطر العناوين</translation>
    </message>
    <message>
        <source>Line {line}: {cells}</source>
        <translation>السطر {line}: {cells}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Merge undone: the two records are two again.</source>
        <translation>أُلغي الدمج: عادت البطاقتان منفصلتين.</translation>
    </message>
    <message>
        <source>Undoing the merge</source>
        <translation>التراجع عن الدمج</translation>
    </message>
    <message>
        <source>Change of several sites</source>
        <translation>تعديل عدة مواقع</translation>
    </message>
    <message>
        <source>Closing of sites</source>
        <translation>إغلاق مواقع</translation>
    </message>
    <message>
        <source>Move of a site</source>
        <translation>نقل موقع</translation>
    </message>
    <message>
        <source>Site split off</source>
        <translation>موقع متفرع</translation>
    </message>
    <message>
        <source>Photo of a site</source>
        <translation>صورة موقع</translation>
    </message>
    <message>
        <source>Services of a site</source>
        <translation>خدمات موقع</translation>
    </message>
    <message>
        <source>The value is given to {count} sites; what they had goes.</source>
        <translation>تُعطى القيمة للمواقع المختارة ({count}) وتحل محل قيمها.</translation>
    </message>
    <message>
        <source>Reading two sites</source>
        <translation>قراءة موقعين</translation>
    </message>
    <message>
        <source>Edits not saved yet: {count}</source>
        <translation>تعديلات لم تُحفظ بعد: {count}</translation>
    </message>
    <message>
        <source>{service} ({institution})</source>
        <translation>{service} ({institution})</translation>
    </message>
    <message>
        <source>Services offered here: {count}</source>
        <translation>الخدمات المقدمة هنا: {count}</translation>
    </message>
    <message>
        <source>Move on the map</source>
        <translation>نقل على الخريطة</translation>
    </message>
    <message>
        <source>Split off a new site on the map</source>
        <translation>تفريع موقع جديد على الخريطة</translation>
    </message>
    <message>
        <source>Services offered…</source>
        <translation>الخدمات المقدمة…</translation>
    </message>
    <message>
        <source>Photo…</source>
        <translation>صورة…</translation>
    </message>
    <message>
        <source>Change several sites at once…</source>
        <translation>تعديل عدة مواقع دفعة واحدة…</translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>إغلاق…</translation>
    </message>
    <message>
        <source>Merge two sites…</source>
        <translation>دمج موقعين…</translation>
    </message>
    <message>
        <source>Click where the new site is.</source>
        <translation>انقروا على مكان الموقع الجديد.</translation>
    </message>
    <message>
        <source>Click where the site is to be.</source>
        <translation>انقروا على المكان الصحيح للموقع.</translation>
    </message>
    <message>
        <source>Photo of the site</source>
        <translation>صورة الموقع</translation>
    </message>
    <message>
        <source>Site added</source>
        <translation>أضيف موقع</translation>
    </message>
    <message>
        <source>Form of a site</source>
        <translation>استمارة موقع</translation>
    </message>
    <message>
        <source>New site</source>
        <translation>موقع جديد</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>موافق</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
    <message>
        <source>This site has no position yet.</source>
        <translation>ليس لهذا الموقع موضع بعد.</translation>
    </message>
    <message>
        <source>This position lies in no commune of the country.</source>
        <translation>لا يقع هذا الموضع في أي جماعة من البلاد.</translation>
    </message>
    <message>
        <source>To correct or to empty before saving: {fields}.</source>
        <translation>للتصحيح أو الإفراغ قبل الحفظ: {fields}.</translation>
    </message>
    <message>
        <source>The site will be a draft: a finding is blocking.</source>
        <translation>سيبقى الموقع مسودة: هناك ملاحظة مانعة.</translation>
    </message>
    <message>
        <source>A finding keeps this site from being published.</source>
        <translation>هناك ملاحظة تمنع نشر هذا الموقع.</translation>
    </message>
    <message>
        <source>Nothing is blocking.</source>
        <translation>لا شيء مانع.</translation>
    </message>
    <message>
        <source>The rules find nothing wrong.</source>
        <translation>لا تجد القواعد أي خطأ.</translation>
    </message>
    <message>
        <source>This place may be in the store already: a double click opens the site that is.</source>
        <translation>قد يكون هذا المكان في القاعدة: يفتح النقر المزدوج الموقع الموجود.</translation>
    </message>
    <message>
        <source>Sites next door:</source>
        <translation>مواقع مجاورة:</translation>
    </message>
    <message>
        <source>No site of the store is near that looks like this one.</source>
        <translation>لا يوجد في القاعدة موقع مجاور أو مشابه.</translation>
    </message>
    <message>
        <source>{metres} m</source>
        <translation>{metres} م</translation>
    </message>
    <message>
        <source>All institutions</source>
        <translation>كل المؤسسات</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>كل الحالات</translation>
    </message>
    <message>
        <source>All regions</source>
        <translation>كل الجهات</translation>
    </message>
    <message>
        <source>Sites: {shown} of {all} · selected: {selected}</source>
        <translation>المواقع: {shown} من {all} · المختارة: {selected}</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>للتحقق</translation>
    </message>
    <message>
        <source>never</source>
        <translation>أبدا</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>المؤسسة</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>الجماعة</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>النوع</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>الحالة</translation>
    </message>
    <message>
        <source>Verified on</source>
        <translation>تاريخ التحقق</translation>
    </message>
    <message>
        <source>Who verifies (a function)…</source>
        <translation>من يتحقق (وظيفة)…</translation>
    </message>
    <message>
        <source>Sites verified today: {count}.</source>
        <translation>المواقع التي تم التحقق منها اليوم: {count}.</translation>
    </message>
    <message>
        <source>Noting the verification</source>
        <translation>تسجيل التحقق</translation>
    </message>
    <message>
        <source>The verification was taken back.</source>
        <translation>تم التراجع عن التحقق.</translation>
    </message>
    <message>
        <source>Taking the verification back</source>
        <translation>التراجع عن التحقق</translation>
    </message>
    <message>
        <source>Who verifies</source>
        <translation>من يتحقق</translation>
    </message>
    <message>
        <source>A function, never the name of a person:</source>
        <translation>وظيفة، وليس اسم شخص أبدا:</translation>
    </message>
    <message>
        <source>Verified today: {method}</source>
        <translation>تم التحقق اليوم: {method}</translation>
    </message>
    <message>
        <source>Note that the sites selected were verified today</source>
        <translation>تسجيل أنه تم التحقق اليوم من المواقع المختارة</translation>
    </message>
    <message>
        <source>QGIS knows no PostgreSQL connection</source>
        <translation>لا يعرف QGIS أي اتصال PostgreSQL</translation>
    </message>
    <message>
        <source>Create a store there</source>
        <translation>إنشاء قاعدة هناك</translation>
    </message>
    <message>
        <source>Table to import (a file, or the name of a layer)</source>
        <translation>الجدول المراد استيراده (ملف أو اسم طبقة)</translation>
    </message>
    <message>
        <source>No other layer in the project</source>
        <translation>لا توجد طبقة أخرى في المشروع</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>عد</translation>
    </message>
    <message>
        <source>Call list of the month</source>
        <translation>لائحة مكالمات الشهر</translation>
    </message>
    <message>
        <source>Writes the published records that are due for verification this month, by institution and region, with their telephone numbers, as PDF or XLSX.</source>
        <translation>يكتب البطاقات المنشورة التي حان التحقق منها هذا الشهر، حسب المؤسسة والجهة، مع أرقام هواتفها، بصيغة PDF أو XLSX.</translation>
    </message>
    <message>
        <source>Committee&apos;s report</source>
        <translation>التقرير إلى اللجنة</translation>
    </message>
    <message>
        <source>Writes coverage, freshness, languages, precision, findings and trend by institution and region, and how many people live near a service, as PDF or XLSX.</source>
        <translation>يكتب التغطية والحداثة واللغات والدقة والملاحظات والتطور حسب المؤسسة والجهة، وعدد السكان القريبين من خدمة، بصيغة PDF أو XLSX.</translation>
    </message>
    <message>
        <source>Reach of the services</source>
        <translation>مدى الخدمات</translation>
    </message>
    <message>
        <source>Measures how far each commune is from the nearest published service of each institution and theme, and counts people within 5, 10 and 25 km (census of 2024), as a table (XLSX, CSV) or a layer (GeoPackage).</source>
        <translation>يقيس المسافة من كل جماعة إلى أقرب خدمة منشورة لكل مؤسسة وموضوع، ويحصي السكان في حدود 5 و10 و25 كلم (إحصاء 2024)، كجدول (XLSX أو CSV) أو طبقة (GeoPackage).</translation>
    </message>
    <message>
        <source>Records verified today by telephone: {count}.</source>
        <translation>بطاقات تم التحقق منها اليوم بالهاتف: {count}.</translation>
    </message>
    <message>
        <source>Noting the calls</source>
        <translation>تسجيل المكالمات</translation>
    </message>
    <message>
        <source>The calls were taken back.</source>
        <translation>تم التراجع عن التحققات.</translation>
    </message>
    <message>
        <source>Taking the calls back</source>
        <translation>التراجع عن التحققات</translation>
    </message>
    <message>
        <source>Call list saved: {file}</source>
        <translation>حُفظت لائحة المكالمات: {file}</translation>
    </message>
    <message>
        <source>Writing the call list</source>
        <translation>كتابة لائحة المكالمات</translation>
    </message>
    <message>
        <source>To verify this month: {count}, of which overdue or never verified: {late}.</source>
        <translation>للتحقق هذا الشهر: {count}، منها المتأخرة أو التي لم يُتحقق منها قط: {late}.</translation>
    </message>
    <message>
        <source>{institution} · {region} ({count})</source>
        <translation>{institution} · {region} ({count})</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>العد</translation>
    </message>
    <message>
        <source>Writing the committee&apos;s report</source>
        <translation>كتابة التقرير إلى اللجنة</translation>
    </message>
    <message>
        <source>Measuring distances</source>
        <translation>قياس المسافات</translation>
    </message>
    <message>
        <source>Whose services?</source>
        <translation>خدمات أي جهة؟</translation>
    </message>
    <message>
        <source>File of the layer</source>
        <translation>ملف الطبقة</translation>
    </message>
    <message>
        <source>Writing the layer</source>
        <translation>كتابة الطبقة</translation>
    </message>
    <message>
        <source>Call list</source>
        <translation>المكالمات</translation>
    </message>
    <message>
        <source>Committee</source>
        <translation>اللجنة</translation>
    </message>
    <message>
        <source>By severity</source>
        <translation>حسب الخطورة</translation>
    </message>
    <message>
        <source>By institution</source>
        <translation>حسب المؤسسة</translation>
    </message>
    <message>
        <source>By region</source>
        <translation>حسب الجهة</translation>
    </message>
    <message>
        <source>By rule</source>
        <translation>حسب القاعدة</translation>
    </message>
    <message>
        <source>{group} ({count})</source>
        <translation>{group} ({count})</translation>
    </message>
    <message>
        <source>No institution</source>
        <translation>دون مؤسسة</translation>
    </message>
    <message>
        <source>No region</source>
        <translation>دون جهة</translation>
    </message>
    <message>
        <source>Looking for what can be done</source>
        <translation>البحث عما يمكن فعله</translation>
    </message>
    <message>
        <source>Nothing can be done about these findings by itself.</source>
        <translation>لا يمكن معالجة هذه الملاحظات آليا.</translation>
    </message>
    <message>
        <source>Sure: {sure} · To decide: {likely}. Tick what is to be done; one click undoes it.</source>
        <translation>أكيدة: {sure} · للبت فيها: {likely}. أشروا على ما يجب فعله؛ ويمكن التراجع بنقرة واحدة.</translation>
    </message>
    <message>
        <source>Findings fixed: {count}.</source>
        <translation>ملاحظات عولجت: {count}.</translation>
    </message>
    <message>
        <source>Fixing findings</source>
        <translation>معالجة الملاحظات</translation>
    </message>
    <message>
        <source>The fixes were taken back.</source>
        <translation>تم التراجع عن التصحيحات.</translation>
    </message>
    <message>
        <source>Undoing the fixes</source>
        <translation>التراجع عن التصحيحات</translation>
    </message>
    <message>
        <source>Web address of the page, for search engines</source>
        <translation>عنوان الصفحة على الويب، لمحركات البحث</translation>
    </message>
    <message>
        <source>Go back to the web map published before</source>
        <translation>الرجوع إلى خريطة الويب المنشورة سابقا</translation>
    </message>
    <message>
        <source>Puts the publication before back in the place of the present page, which is kept aside. The store is not changed. Three publications are kept.</source>
        <translation>يعيد النشر السابق إلى مكان الصفحة الحالية التي تُحفظ جانبا. لا تتغير القاعدة. تُحفظ ثلاث عمليات نشر.</translation>
    </message>
    <message>
        <source>Publication put back</source>
        <translation>النشر المعاد</translation>
    </message>
    <message>
        <source>First publication: there is none to compare with.</source>
        <translation>أول نشر: لا يوجد نشر سابق للمقارنة.</translation>
    </message>
    <message>
        <source>Nothing changed since the publication of {moment}.</source>
        <translation>لم يتغير شيء منذ نشر {moment}.</translation>
    </message>
    <message>
        <source>Since the publication of {moment}:</source>
        <translation>منذ نشر {moment}:</translation>
    </message>
    <message>
        <source>Not published: {count} records have faults that forbid it. Mend them, take them back to draft, or ignore the findings and say why (place « Control »).</source>
        <translation>لم يُنشر: في {count} من السجلات عيوب تمنع ذلك. صححوها أو أعيدوها إلى مسودة أو تجاهلوا الملاحظات مع ذكر السبب (قسم «المراقبة»).</translation>
    </message>
    <message>
        <source>Places (added, changed, gone):</source>
        <translation>الأماكن (مضافة، معدلة، مسحوبة):</translation>
    </message>
    <message>
        <source>Services:</source>
        <translation>الخدمات:</translation>
    </message>
    <message>
        <source>Services given at places:</source>
        <translation>الخدمات المقدمة في الأماكن:</translation>
    </message>
    <message>
        <source>Notices:</source>
        <translation>الإعلانات:</translation>
    </message>
    <message>
        <source>Institutions:</source>
        <translation>المؤسسات:</translation>
    </message>
    <message>
        <source>Programmes:</source>
        <translation>البرامج:</translation>
    </message>
    <message>
        <source>Comparing with the last publication</source>
        <translation>المقارنة مع آخر نشر</translation>
    </message>
    <message>
        <source>Places would disappear from the page. Publish?</source>
        <translation>ستختفي أماكن من الصفحة. هل تنشرون؟</translation>
    </message>
    <message>
        <source>Back to the publication before</source>
        <translation>الرجوع إلى النشر السابق</translation>
    </message>
    <message>
        <source>Put the publication before back in the place of the present page? The store is not changed, and the present page is kept aside.</source>
        <translation>هل يعاد النشر السابق إلى مكان الصفحة الحالية؟ لا تتغير القاعدة، وتُحفظ الصفحة الحالية جانبا.</translation>
    </message>
    <message>
        <source>The page of {moment} is back in its place.</source>
        <translation>عادت صفحة {moment} إلى مكانها.</translation>
    </message>
    <message>
        <source>Somebody else saved this record</source>
        <translation>حفظ شخص آخر هذه البطاقة</translation>
    </message>
    <message>
        <source>Save the chosen values</source>
        <translation>حفظ القيم المختارة</translation>
    </message>
    <message>
        <source>« {name} » was saved by somebody else while you were editing it. Choose what stays in each field; the other value stays in the history.</source>
        <translation>حفظ شخص آخر «{name}» أثناء تعديلكم له. اختاروا ما يبقى في كل حقل؛ وتبقى النسخة الأخرى في السجل.</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>نسختكم</translation>
    </message>
    <message>
        <source>The other&apos;s</source>
        <translation>نسخة الآخر</translation>
    </message>
    <message>
        <source>Theme of the services</source>
        <translation>مجال الخدمات</translation>
    </message>
    <message>
        <source>No names</source>
        <translation>بدون أسماء</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>كما هي</translation>
    </message>
    <message>
        <source>One disc with their number</source>
        <translation>دائرة واحدة بعددها</translation>
    </message>
    <message>
        <source>On a ring around their place</source>
        <translation>على حلقة حول المكان</translation>
    </message>
    <message>
        <source>The sites have their new style.</source>
        <translation>حصلت المواقع على نمطها الجديد.</translation>
    </message>
    <message>
        <source>The style is kept in the store.</source>
        <translation>حفظ النمط في القاعدة.</translation>
    </message>
    <message>
        <source>Save the style</source>
        <translation>حفظ النمط</translation>
    </message>
    <message>
        <source>The project shows no sites: show the store first.</source>
        <translation>لا يعرض المشروع أي موقع: اعرضوا القاعدة أولا.</translation>
    </message>
    <message>
        <source>Check out for field work</source>
        <translation>أخذ بيانات للعمل الميداني</translation>
    </message>
    <message>
        <source>Writes the records of an institution, of a region, or all, as a GeoPackage with a project beside it. It is edited without a network, in QGIS or QField, and brought back with « Check in field work ».</source>
        <translation>يكتب بطاقات مؤسسة أو جهة أو جميع البطاقات في ملف GeoPackage مع مشروع بجانبه. يُعدل بدون شبكة في QGIS أو QField ثم يُرجع بواسطة «إرجاع العمل الميداني».</translation>
    </message>
    <message>
        <source>Code of the institution (empty: all)</source>
        <translation>رمز المؤسسة (فارغ: جميعها)</translation>
    </message>
    <message>
        <source>Code of the region (empty: all)</source>
        <translation>رمز الجهة (فارغ: جميعها)</translation>
    </message>
    <message>
        <source>File for the field</source>
        <translation>ملف للميدان</translation>
    </message>
    <message>
        <source>Check in field work</source>
        <translation>إرجاع العمل الميداني</translation>
    </message>
    <message>
        <source>Brings the edits of a file that was checked out into its store. What others changed meanwhile stays, and is kept for choosing in the dock, field by field. The same file again brings only what is new. CONFLICTS says how many values are to be chosen.</source>
        <translation>يُرجع إلى القاعدة تعديلات ملف أُخذ منها. ما غيره الآخرون في هذه الأثناء يبقى، ويُختار في اللوحة حقلا حقلا. الملف نفسه مرة ثانية لا يجلب إلا الجديد. CONFLICTS عدد القيم التي يجب اختيارها.</translation>
    </message>
    <message>
        <source>File from the field</source>
        <translation>ملف من الميدان</translation>
    </message>
    <message>
        <source>Records deleted</source>
        <translation>بطاقات محذوفة</translation>
    </message>
    <message>
        <source>Values to choose</source>
        <translation>قيم للاختيار</translation>
    </message>
    <message>
        <source>Records refused</source>
        <translation>بطاقات مرفوضة</translation>
    </message>
    <message>
        <source>Take along for field work</source>
        <translation>أخذ بيانات للعمل الميداني</translation>
    </message>
    <message>
        <source>Bring field work back…</source>
        <translation>إرجاع العمل الميداني…</translation>
    </message>
    <message>
        <source>Choose between two values…</source>
        <translation>الاختيار بين قيمتين…</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>جميع البطاقات</translation>
    </message>
    <message>
        <source>{count} sites taken along: {file}, with its project.</source>
        <translation>{count} مواقع مأخوذة: {file}، مع مشروعه.</translation>
    </message>
    <message>
        <source>Taking records along</source>
        <translation>إعداد العمل الميداني</translation>
    </message>
    <message>
        <source>Bringing field work back</source>
        <translation>إرجاع العمل الميداني</translation>
    </message>
    <message>
        <source>There is nothing to choose.</source>
        <translation>لا شيء للاختيار.</translation>
    </message>
    <message>
        <source>{count} values chosen.</source>
        <translation>{count} قيم مختارة.</translation>
    </message>
    <message>
        <source>Saving the choices</source>
        <translation>حفظ الاختيارات</translation>
    </message>
    <message>
        <source>Field work: choose the values</source>
        <translation>العمل الميداني: اختيار القيم</translation>
    </message>
    <message>
        <source>These values were changed in the field and in the store. Tick what stays; the other value is in the history. What is not ticked stays here.</source>
        <translation>غُيرت هذه القيم في الميدان وفي القاعدة. أشروا على ما يبقى؛ القيمة الأخرى محفوظة في السجل. ما لم يؤشر عليه يبقى هنا.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>قبل</translation>
    </message>
    <message>
        <source>From the field</source>
        <translation>من الميدان</translation>
    </message>
    <message>
        <source>In the store</source>
        <translation>في القاعدة</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>محذوفة</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>موجودة</translation>
    </message>
    <message>
        <source>Field work brought back: {created} records created, {updated} updated, {deleted} deleted; {conflicts} values to choose, {refused} records refused.</source>
        <translation>أُرجع العمل الميداني: {created} بطاقات أنشئت، {updated} عُدلت، {deleted} حُذفت؛ {conflicts} قيم للاختيار، {refused} بطاقات رُفضت.</translation>
    </message>
    <message>
        <source>Restore an institution&apos;s records</source>
        <translation>استرجاع بطاقات مؤسسة</translation>
    </message>
    <message>
        <source>Puts the records of one institution back as they were at a moment, from the history, or as a kept store has them (a copy, or a backup restored beside). The others&apos; records stay as they are. What was added since is deleted, unless others refer to it.</source>
        <translation>يعيد بطاقات مؤسسة كما كانت في وقت معين حسب السجل، أو كما هي في قاعدة محفوظة (نسخة أو نسخة احتياطية مسترجعة بجانبها). تبقى بطاقات الآخرين كما هي. ما أضيف منذ ذلك يُحذف إلا إذا ارتبطت به بطاقات أخرى.</translation>
    </message>
    <message>
        <source>As they were on</source>
        <translation>كما كانت في</translation>
    </message>
    <message>
        <source>Or as they are in a kept store</source>
        <translation>أو كما هي في قاعدة محفوظة</translation>
    </message>
    <message>
        <source>Writes one A3 sheet for each region that has published sites: map, index, legend and tables, with its index (CSV) and its report (JSON) beside it. Regions are given by their codes, separated by commas (06,04); none means all twelve, and the sheet of the country before them.</source>
        <translation>يكتب لوحة A3 لكل جهة لها مؤسسات منشورة: خريطة ولائحة ومفتاح وجداول، مع لائحتها (CSV) وتقريرها (JSON) إلى جانبها. تعطى الجهات برموزها مفصولة بفواصل (06,04)؛ وبدون رمز تكتب الجهات الاثنتا عشرة تسبقها لوحة البلد.</translation>
    </message>
    <message>
        <source>One atlas instead of a file for each sheet</source>
        <translation>أطلس واحد بدل ملف لكل لوحة</translation>
    </message>
    <message>
        <source>Sheet of the country</source>
        <translation>لوحة البلد</translation>
    </message>
    <message>
        <source>Address of the published page (for the code)</source>
        <translation>عنوان الصفحة المنشورة (للرمز)</translation>
    </message>
    <message>
        <source>Charter (empty: the plugin’s own)</source>
        <translation>الميثاق البصري (فارغ: ميثاق الملحق)</translation>
    </message>
    <message>
        <source>Charter of the sheets</source>
        <translation>الميثاق البصري للوحات</translation>
    </message>
    <message>
        <source>PDF, a file for each sheet</source>
        <translation>PDF، ملف لكل لوحة</translation>
    </message>
    <message>
        <source>PDF, one atlas</source>
        <translation>PDF، أطلس واحد</translation>
    </message>
    <message>
        <source>PNG, 300 dots to the inch</source>
        <translation>PNG، 300 نقطة في البوصة</translation>
    </message>
    <message>
        <source>A code on each sheet leads to {address}</source>
        <translation>يقود رمز في كل لوحة إلى {address}</translation>
    </message>
    <message>
        <source>No code for telephones: the address of the page on the web is not given (place « Publish »).</source>
        <translation>لا رمز للهواتف: عنوان الصفحة على الويب غير محدد (تبويب «النشر»).</translation>
    </message>
    <message>
        <source>Preparing the preview</source>
        <translation>تحضير المعاينة</translation>
    </message>
    <message>
        <source>Preparing the layout</source>
        <translation>تحضير التخطيط</translation>
    </message>
    <message>
        <source>The layout « {name} » is in the project; save it to keep it.</source>
        <translation>التخطيط «{name}» في المشروع؛ احفظوا المشروع للاحتفاظ به.</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>الصفحة السابقة</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>الصفحة التالية</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>تكبير</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>الصفحة {page} من {pages}</translation>
    </message>
    <message>
        <source>E-mail address for reports of errors</source>
        <translation>عنوان البريد الإلكتروني للتبليغ عن الأخطاء</translation>
    </message>
    <message>
        <source>Reading the merges</source>
        <translation>قراءة عمليات الدمج</translation>
    </message>
    <message>
        <source>No merge of this store can be undone.</source>
        <translation>لا يمكن التراجع عن أي دمج في هذه القاعدة.</translation>
    </message>
    <message>
        <source>Undo a merge</source>
        <translation>التراجع عن دمج</translation>
    </message>
    <message>
        <source>Which two records are to be two again?</source>
        <translation>أي بطاقتين تعودان اثنتين؟</translation>
    </message>
    <message>
        <source>Reading the call list</source>
        <translation>قراءة لائحة المكالمات</translation>
    </message>
    <message>
        <source>The {count} that have waited longest are listed.</source>
        <translation>تُعرض الـ {count} التي تنتظر منذ أطول مدة.</translation>
    </message>
    <message>
        <source>The gravest {count} are listed.</source>
        <translation>تُعرض الـ {count} الأشد خطورة.</translation>
    </message>
    <message>
        <source>Reading the findings</source>
        <translation>قراءة الملاحظات</translation>
    </message>
    <message>
        <source>Writing the findings</source>
        <translation>كتابة الملاحظات</translation>
    </message>
    <message>
        <source>The first {count} sites are selected: a search or a filter reaches the others.</source>
        <translation>اختيرت المواقع الـ {count} الأولى: يمكن الوصول إلى الباقي بالبحث أو بالتصفية.</translation>
    </message>
    <message>
        <source>more than {count}</source>
        <translation>أكثر من {count}</translation>
    </message>
    <message>
        <source>Regions whose sheet was not printed</source>
        <translation>الجهات التي لم تطبع لوحتها</translation>
    </message>
    <message>
        <source>Regions whose sheet is to be checked</source>
        <translation>الجهات التي يجب التحقق من لوحتها</translation>
    </message>
    <message>
        <source>Sheets not printed: {refused}; marked « to be checked »: {marked}.</source>
        <translation>لوحات لم تطبع: {refused}؛ لوحات عليها علامة «للتحقق»: {marked}.</translation>
    </message>
    <message>
        <source>QGIS did not take what was typed: the form stays open.</source>
        <translation>لم يقبل QGIS ما كتبتم: تبقى البطاقة مفتوحة.</translation>
    </message>
    <message>
        <source>Save the edits first: this reads what is in the store.</source>
        <translation>احفظوا التعديلات أولا: تقرأ هذه العملية ما في القاعدة.</translation>
    </message>
    <message>
        <source>Of these sites, {count} have a blocking finding: nothing is published before it is mended.</source>
        <translation>من بين هذه المواقع، عدد ما فيه ملاحظة مانعة: {count}. لا ينشر أي شيء قبل تصحيحها.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>نعم</translation>
    </message>
    <message>
        <source>No</source>
        <translation>لا</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>ChangeForm</name>
    <message>
        <source>Change several sites at once</source>
        <translation>تعديل عدة مواقع دفعة واحدة</translation>
    </message>
    <message>
        <source>Field to change</source>
        <translation>الحقل المراد تعديله</translation>
    </message>
</context>
<context>
    <name>CloseForm</name>
    <message>
        <source>Close sites</source>
        <translation>إغلاق مواقع</translation>
    </message>
    <message>
        <source>A closed site leaves the map and stays in the store. Links to it lead to the one that replaces it.</source>
        <translation>يغادر الموقع المغلق الخريطة ويبقى في القاعدة. وتقود الروابط إليه إلى الموقع الذي يعوضه.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>السبب</translation>
    </message>
    <message>
        <source>Closed on</source>
        <translation>أغلق في</translation>
    </message>
    <message>
        <source>Replaced by</source>
        <translation>عوض بـ</translation>
    </message>
    <message>
        <source>Nothing, or a site to look for</source>
        <translation>لا شيء، أو موقع للبحث عنه</translation>
    </message>
    <message>
        <source>Sites that may replace it</source>
        <translation>مواقع قد تعوضه</translation>
    </message>
    <message>
        <source>No open site of the store is found by these words. Empty the field to close without a replacement.</source>
        <translation>لا يوجد في القاعدة موقع مفتوح يطابق هذه الكلمات. أفرغوا الخانة للإغلاق من دون بديل.</translation>
    </message>
</context>
<context>
    <name>CommitteeForm</name>
    <message>
        <source>The report for the committee: coverage, freshness, languages, precision, findings and trend by institution and region, and how many people live near a service.</source>
        <translation>التقرير إلى اللجنة: التغطية والحداثة واللغات والدقة والملاحظات والتطور حسب المؤسسة والجهة، وعدد السكان القريبين من خدمة.</translation>
    </message>
    <message>
        <source>Figures at a glance</source>
        <translation>أرقام مختصرة</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>المؤشر</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>اليوم</translation>
    </message>
    <message>
        <source>Last publication</source>
        <translation>آخر نشر</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>التطور</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>عد</translation>
    </message>
    <message>
        <source>Work out the figures of the store as it now is</source>
        <translation>حساب أرقام القاعدة كما هي الآن</translation>
    </message>
    <message>
        <source>Committee&apos;s report…</source>
        <translation>التقرير إلى اللجنة…</translation>
    </message>
    <message>
        <source>The whole report, as PDF to hand out or as XLSX to work with</source>
        <translation>التقرير كاملا، بصيغة PDF للتوزيع أو XLSX للعمل</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>لغة التقرير</translation>
    </message>
    <message>
        <source>Reach of the services</source>
        <translation>مدى الخدمات</translation>
    </message>
    <message>
        <source>Distance from each commune to the nearest published service of an institution or a theme.</source>
        <translation>المسافة من كل جماعة إلى أقرب خدمة منشورة لمؤسسة أو موضوع.</translation>
    </message>
    <message>
        <source>Show on the map…</source>
        <translation>العرض على الخريطة…</translation>
    </message>
    <message>
        <source>Write the communes with their distances as a layer, and add it to the project</source>
        <translation>كتابة الجماعات ومسافاتها كطبقة وإضافتها إلى المشروع</translation>
    </message>
    <message>
        <source>Save the table…</source>
        <translation>حفظ الجدول…</translation>
    </message>
    <message>
        <source>People within 5, 10 and 25 km, and each commune&apos;s distances, as XLSX or CSV</source>
        <translation>السكان في حدود 5 و10 و25 كلم ومسافات كل جماعة، بصيغة XLSX أو CSV</translation>
    </message>
</context>
<context>
    <name>ControlForm</name>
    <message>
        <source>Check the store</source>
        <translation>مراقبة القاعدة</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>الدرجة</translation>
    </message>
    <message>
        <source>Search in the findings</source>
        <translation>البحث في الملاحظات</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>التقرير…</translation>
    </message>
    <message>
        <source>Open or ignored findings</source>
        <translation>ملاحظات مفتوحة أو متجاهلة</translation>
    </message>
    <message>
        <source>Ignore…</source>
        <translation>تجاهل…</translation>
    </message>
    <message>
        <source>Keep the chosen findings out of the counts, with a reason, until their value changes</source>
        <translation>إخراج الملاحظات المختارة من الحساب، مع ذكر السبب، ما دامت قيمتها لم تتغير</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>إعادة الفتح</translation>
    </message>
    <message>
        <source>Count the chosen findings again</source>
        <translation>احتساب الملاحظات المختارة من جديد</translation>
    </message>
    <message>
        <source>Duplicates…</source>
        <translation>التكرارات…</translation>
    </message>
    <message>
        <source>Compare records that are probably one place, and merge them</source>
        <translation>مقارنة البطاقات التي يرجح أنها مكان واحد ودمجها</translation>
    </message>
    <message>
        <source>Grouped by</source>
        <translation>مجمعة حسب</translation>
    </message>
    <message>
        <source>Fix…</source>
        <translation>تصحيح…</translation>
    </message>
    <message>
        <source>See what can be done about the chosen findings, or about all that are listed, and do it</source>
        <translation>رؤية ما يمكن فعله بشأن الملاحظات المختارة أو كل المدرجة، وفعله</translation>
    </message>
    <message>
        <source>Double-click a finding to see its site on the map and mend its field.</source>
        <translation>انقروا مرتين على ملاحظة لرؤية موقعها على الخريطة وتصحيح حقلها.</translation>
    </message>
</context>
<context>
    <name>DataForm</name>
    <message>
        <source>Store</source>
        <translation>قاعدة البيانات</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>فتح…</translation>
    </message>
    <message>
        <source>Open a store; the arrow lists the recent ones</source>
        <translation>فتح قاعدة؛ يعرض السهم أحدثها</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>جديدة…</translation>
    </message>
    <message>
        <source>Create an empty store with its closed lists and the committee’s institutions</source>
        <translation>إنشاء قاعدة فارغة بلوائحها المغلقة ومؤسسات اللجنة</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>عرض على الخريطة</translation>
    </message>
    <message>
        <source>A .gpkg file can also be dropped here.</source>
        <translation>يمكن أيضا إسقاط ملف .gpkg هنا.</translation>
    </message>
    <message>
        <source>Import an institution’s table</source>
        <translation>استيراد جدول مؤسسة</translation>
    </message>
    <message>
        <source>File</source>
        <translation>الملف</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>الورقة</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>المؤسسة</translation>
    </message>
    <message>
        <source>New records</source>
        <translation>البطاقات الجديدة</translation>
    </message>
    <message>
        <source>A record with a blocking finding stays a draft in any case</source>
        <translation>تبقى كل بطاقة لها ملاحظة مانعة مسودة في جميع الأحوال</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>تجربة</translation>
    </message>
    <message>
        <source>Read and check every row, and write nothing</source>
        <translation>قراءة ومراقبة كل سطر دون كتابة أي شيء</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>استيراد</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>التقرير…</translation>
    </message>
    <message>
        <source>What the import found</source>
        <translation>ملاحظات الاستيراد</translation>
    </message>
    <message>
        <source>Last import</source>
        <translation>آخر استيراد</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>تراجع…</translation>
    </message>
    <message>
        <source>Add the store’s layers to the project, or show the whole country</source>
        <translation>إضافة طبقات القاعدة إلى المشروع أو عرض البلاد كاملة</translation>
    </message>
    <message>
        <source>Write exactly what the trial has shown</source>
        <translation>كتابة ما أظهرته التجربة بالضبط</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>الأعمدة</translation>
    </message>
    <message>
        <source>The columns of the file and the fields that they feed</source>
        <translation>أعمدة الملف والحقول التي تغذيها</translation>
    </message>
    <message>
        <source>Column of the file</source>
        <translation>عمود الملف</translation>
    </message>
    <message>
        <source>Field that it feeds</source>
        <translation>الحقل المقابل</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>مثال</translation>
    </message>
    <message>
        <source>Accept every proposal</source>
        <translation>قبول كل الاقتراحات</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>السطور</translation>
    </message>
    <message>
        <source>Which rows are shown</source>
        <translation>السطور المعروضة</translation>
    </message>
    <message>
        <source>What becomes of each row</source>
        <translation>مآل كل سطر</translation>
    </message>
    <message>
        <source>What the chosen row says, field by field</source>
        <translation>ما يقوله السطر المختار، حقلا بحقل</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>In the store</source>
        <translation>في القاعدة</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>في الملف</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>الملاحظات</translation>
    </message>
    <message>
        <source>Import undone</source>
        <translation>الاستيراد الملغى</translation>
    </message>
    <message>
        <source>What was edited since and stays</source>
        <translation>ما عُدّل بعد ذلك ويبقى</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>البطاقة</translation>
    </message>
    <message>
        <source>What stays as it was edited</source>
        <translation>ما يبقى كما عُدّل</translation>
    </message>
    <message>
        <source>Tables to hand out</source>
        <translation>نماذج للتسليم</translation>
    </message>
    <message>
        <source>Empty tables for an institution to fill in, with choices and help in French and Arabic.</source>
        <translation>جداول فارغة تملؤها المؤسسة، مع لوائح اختيار ومساعدة بالفرنسية والعربية.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>النماذج</translation>
    </message>
    <message>
        <source>Write the tables (XLSX) and their Table Schema (JSON) into a folder</source>
        <translation>كتابة الجداول (XLSX) ومخططاتها Table Schema ‏(JSON) في مجلد</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>العناوين</translation>
    </message>
    <message>
        <source>The row of the file that names its columns</source>
        <translation>سطر الملف الذي يسمي أعمدته</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>المواقع</translation>
    </message>
    <message>
        <source>Search: name, town, code, telephone…</source>
        <translation>البحث: الاسم، المدينة، الرمز، الهاتف…</translation>
    </message>
    <message>
        <source>Search the sites</source>
        <translation>البحث في المواقع</translation>
    </message>
    <message>
        <source>Institution of the sites</source>
        <translation>مؤسسة المواقع</translation>
    </message>
    <message>
        <source>Region of the sites</source>
        <translation>جهة المواقع</translation>
    </message>
    <message>
        <source>State of the sites</source>
        <translation>حالة المواقع</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>للتحقق</translation>
    </message>
    <message>
        <source>Only sites that were never verified, or not since their term</source>
        <translation>المواقع التي لم يتم التحقق منها أبدا أو منذ أجلها فقط</translation>
    </message>
    <message>
        <source>The sites of the store</source>
        <translation>مواقع القاعدة</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>إضافة</translation>
    </message>
    <message>
        <source>Add a site with one click on the map</source>
        <translation>إضافة موقع بنقرة على الخريطة</translation>
    </message>
    <message>
        <source>Form…</source>
        <translation>البطاقة…</translation>
    </message>
    <message>
        <source>Open the form of the site, checked as it is filled in</source>
        <translation>فتح بطاقة الموقع، مع مراقبتها أثناء الإدخال</translation>
    </message>
    <message>
        <source>Verified today</source>
        <translation>تم التحقق اليوم</translation>
    </message>
    <message>
        <source>More</source>
        <translation>المزيد</translation>
    </message>
    <message>
        <source>Move, split off, merge, close, services, photo, several sites at once</source>
        <translation>نقل، تفريع، دمج، إغلاق، خدمات، صورة، عدة مواقع دفعة واحدة</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>تراجع</translation>
    </message>
    <message>
        <source>Take back the last edit that is not saved yet</source>
        <translation>التراجع عن آخر تعديل لم يُحفظ بعد</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>حفظ</translation>
    </message>
    <message>
        <source>Write the edits of all layers into the store</source>
        <translation>كتابة تعديلات كل الطبقات في القاعدة</translation>
    </message>
    <message>
        <source>Open a store in a database, by one of QGIS’s own connections</source>
        <translation>فتح قاعدة على خادم بواسطة أحد اتصالات QGIS</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>طبقة</translation>
    </message>
    <message>
        <source>Import a layer of the project instead of a file</source>
        <translation>استيراد طبقة من المشروع بدل ملف</translation>
    </message>
    <message>
        <source>Field work</source>
        <translation>العمل الميداني</translation>
    </message>
    <message>
        <source>A part of the store to edit without a network, in QGIS or QField, and to bring back.</source>
        <translation>جزء من القاعدة يُعدل بدون شبكة في QGIS أو QField ثم يُرجع.</translation>
    </message>
    <message>
        <source>Take records along, bring them back, choose between two values</source>
        <translation>أخذ بطاقات وإرجاعها والاختيار بين قيمتين</translation>
    </message>
</context>
<context>
    <name>DockForm</name>
    <message>
        <source>Store in use</source>
        <translation>القاعدة المفتوحة</translation>
    </message>
    <message>
        <source>Sites by institution and status</source>
        <translation>المواقع حسب المؤسسة والحالة</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>المواقع</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>منشورة</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>مسودات</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>مغلقة</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>التقدم</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>إلغاء</translation>
    </message>
</context>
<context>
    <name>DuplicatesForm</name>
    <message>
        <source>Likely duplicates</source>
        <translation>التكرارات المحتملة</translation>
    </message>
    <message>
        <source>Pairs of records that are probably one place</source>
        <translation>أزواج بطاقات يرجح أنها مكان واحد</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>الاحتمال</translation>
    </message>
    <message>
        <source>First record</source>
        <translation>البطاقة الأولى</translation>
    </message>
    <message>
        <source>Second record</source>
        <translation>البطاقة الثانية</translation>
    </message>
    <message>
        <source>What speaks for it</source>
        <translation>ما يرجح ذلك</translation>
    </message>
    <message>
        <source>The two records side by side: choose a value for each field</source>
        <translation>البطاقتان جنبا إلى جنب: اختاروا قيمة لكل حقل</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>دمج…</translation>
    </message>
    <message>
        <source>Make one record of the two, with the values chosen</source>
        <translation>جعل البطاقتين بطاقة واحدة بالقيم المختارة</translation>
    </message>
    <message>
        <source>Two places…</source>
        <translation>مكانان…</translation>
    </message>
    <message>
        <source>These are two places: do not propose them again</source>
        <translation>هما مكانان: عدم اقتراحهما من جديد</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
    <message>
        <source>Undo a merge…</source>
        <translation>التراجع عن دمج…</translation>
    </message>
    <message>
        <source>Make the two records of an earlier merge two again</source>
        <translation>إعادة البطاقتين المدمجتين سابقا إلى بطاقتين</translation>
    </message>
</context>
<context>
    <name>FixesForm</name>
    <message>
        <source>Fix findings</source>
        <translation>معالجة الملاحظات</translation>
    </message>
    <message>
        <source>What would be changed</source>
        <translation>ما سيتغير</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>البطاقة</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>الحقل</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>قبل</translation>
    </message>
    <message>
        <source>After</source>
        <translation>بعد</translation>
    </message>
    <message>
        <source>Tick the sure ones</source>
        <translation>التأشير على الأكيدة</translation>
    </message>
    <message>
        <source>Apply what is ticked</source>
        <translation>تطبيق ما أُشر عليه</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>إغلاق</translation>
    </message>
</context>
<context>
    <name>PrintForm</name>
    <message>
        <source>Regions</source>
        <translation>الجهات</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>الجهة</translation>
    </message>
    <message>
        <source>Published sites</source>
        <translation>المواقع المنشورة</translation>
    </message>
    <message>
        <source>All</source>
        <translation>الكل</translation>
    </message>
    <message>
        <source>None</source>
        <translation>لا شيء</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>اللغة</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>الصيغة</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>Print the A3 sheets</source>
        <translation>طباعة لوحات A3</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>فتح المجلد</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>معاينة</translation>
    </message>
    <message>
        <source>Shows the sheet of the region chosen in the list</source>
        <translation>يعرض لوحة الجهة المختارة من اللائحة</translation>
    </message>
    <message>
        <source>Open in the layout designer</source>
        <translation>فتح في مصمم التخطيط</translation>
    </message>
    <message>
        <source>Puts the sheet of the region chosen in the list into the project, to be retouched</source>
        <translation>يضع لوحة الجهة المختارة من اللائحة في المشروع لتنقيحها</translation>
    </message>
    <message>
        <source>Charter</source>
        <translation>الميثاق البصري</translation>
    </message>
    <message>
        <source>A file of colours, sizes, words and logos; empty: the plugin’s own</source>
        <translation>ملف للألوان والأحجام والكلمات والشعارات؛ فارغ: ملف الملحق</translation>
    </message>
    <message>
        <source>With the sheet of the country</source>
        <translation>مع لوحة البلد</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>المواقع</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Folder</source>
        <translation>المجلد</translation>
    </message>
    <message>
        <source>Base map</source>
        <translation>خلفية الخريطة</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>النشر</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>فتح الصفحة</translation>
    </message>
    <message>
        <source>Report of the publication</source>
        <translation>تقرير النشر</translation>
    </message>
    <message>
        <source>Web address</source>
        <translation>عنوان الويب</translation>
    </message>
    <message>
        <source>https://… (for search engines; may be empty)</source>
        <translation>https://… (لمحركات البحث؛ اختياري)</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>ما الذي سيتغير</translation>
    </message>
    <message>
        <source>Back to the one before</source>
        <translation>الرجوع إلى السابق</translation>
    </message>
    <message>
        <source>Reports of errors</source>
        <translation>التبليغ عن الأخطاء</translation>
    </message>
    <message>
        <source>E-mail address (empty: each institution’s own)</source>
        <translation>عنوان البريد الإلكتروني (فارغ: عنوان كل مؤسسة)</translation>
    </message>
</context>
<context>
    <name>ServicesForm</name>
    <message>
        <source>Services of a site</source>
        <translation>خدمات موقع</translation>
    </message>
    <message>
        <source>Search the services</source>
        <translation>البحث في الخدمات</translation>
    </message>
    <message>
        <source>The services; those ticked are offered at the site</source>
        <translation>الخدمات؛ والمؤشر عليها مقدمة في الموقع</translation>
    </message>
</context>
<context>
    <name>SiteForm</name>
    <message>
        <source>Sites near the new one</source>
        <translation>المواقع القريبة من الجديد</translation>
    </message>
    <message>
        <source>Site nearby</source>
        <translation>موقع قريب</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>المسافة</translation>
    </message>
    <message>
        <source>A click leads to the field</source>
        <translation>تقود النقرة إلى الحقل</translation>
    </message>
    <message>
        <source>What the rules say of this site</source>
        <translation>ما تقوله القواعد عن هذا الموقع</translation>
    </message>
</context>
<context>
    <name>StyleForm</name>
    <message>
        <source>Each institution has its own shape and colour, on the screen, on the page and on the sheets. A hollow symbol marks a position known only to the commune.</source>
        <translation>لكل مؤسسة شكلها ولونها على الشاشة وفي الصفحة وعلى اللوحات. يدل الرمز المفرغ على موضع معروف على مستوى الجماعة فقط.</translation>
    </message>
    <message>
        <source>Symbols of the institutions</source>
        <translation>رموز المؤسسات</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>المؤسسة</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>دقيق</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>تقريبي</translation>
    </message>
    <message>
        <source>Restore the styles</source>
        <translation>استعادة الأنماط</translation>
    </message>
    <message>
        <source>Give the layers of the project the plugin’s own symbols and labels again</source>
        <translation>إعادة رموز الملحق وتسمياته إلى طبقات المشروع</translation>
    </message>
    <message>
        <source>Symbols by</source>
        <translation>الرموز حسب</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>الأسماء</translation>
    </message>
    <message>
        <source>Names from</source>
        <translation>الأسماء ابتداء من</translation>
    </message>
    <message>
        <source>Where points stack</source>
        <translation>النقط المتراكبة</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>تطبيق</translation>
    </message>
    <message>
        <source>Give the layer of sites this style; every part of it may be changed afterwards</source>
        <translation>إعطاء هذا النمط لطبقة المواقع؛ يمكن تغيير كل جزء منه بعد ذلك</translation>
    </message>
    <message>
        <source>Keep in the store</source>
        <translation>حفظ في القاعدة</translation>
    </message>
    <message>
        <source>Write the style of the sites into the store: every project made from it opens with it</source>
        <translation>كتابة نمط المواقع في القاعدة: كل مشروع ينشأ منها يفتح بهذا النمط</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>حفظ في ملف…</translation>
    </message>
    <message>
        <source>Write the style of the sites into a file of QGIS (.qml)</source>
        <translation>كتابة نمط المواقع في ملف QGIS (‎.qml)</translation>
    </message>
</context>
</TS>
