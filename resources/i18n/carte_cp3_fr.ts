<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
<context>
    <name>CallForm</name>
    <message>
        <source>Institution</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Région</translation>
    </message>
    <message>
        <source>Search in the call list</source>
        <translation>Rechercher dans la liste d’appels</translation>
    </message>
    <message>
        <source>Records to verify</source>
        <translation>Fiches à vérifier</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>Téléphone</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>Échéance</translation>
    </message>
    <message>
        <source>Verified today (telephone)</source>
        <translation>Vérifié aujourd’hui (téléphone)</translation>
    </message>
    <message>
        <source>Note that the chosen records were confirmed by telephone today</source>
        <translation>Noter que les fiches choisies ont été confirmées par téléphone aujourd’hui</translation>
    </message>
    <message>
        <source>Save or print…</source>
        <translation>Enregistrer ou imprimer…</translation>
    </message>
    <message>
        <source>The list as it is filtered, as XLSX to fill in or as PDF to print</source>
        <translation>La liste telle qu’elle est filtrée, en XLSX à remplir ou en PDF à imprimer</translation>
    </message>
    <message>
        <source>Language of the list</source>
        <translation>Langue de la liste</translation>
    </message>
    <message>
        <source>Double-click a record to see its site on the map and its form.</source>
        <translation>Double-cliquez une fiche pour voir son site sur la carte et son formulaire.</translation>
    </message>
</context>
<context>
    <name>CarteCP3</name>
    <message>
        <source>Project (empty: the one that is open)</source>
        <translation>Projet (vide : celui qui est ouvert)</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Rapport</translation>
    </message>
    <message>
        <source>Build the project</source>
        <translation>Construire le projet</translation>
    </message>
    <message>
        <source>Writes a QGIS project with the store&apos;s layers, forms, relations and styles on the boundaries of Morocco. It opens without this plugin; a copy of the boundaries is laid beside it, so that the folder may be moved.</source>
        <translation>Écrit un projet QGIS avec les couches, formulaires, relations et styles de la base, sur les limites du Maroc. Il s’ouvre sans cette extension ; une copie des limites est posée à côté, pour que le dossier puisse être déplacé.</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projet</translation>
    </message>
    <message>
        <source>Check a store</source>
        <translation>Contrôler une base</translation>
    </message>
    <message>
        <source>Checks all records with the same rules as the importer: positions, phones, hours, translations, duplicates, freshness. Records are not changed; the findings are kept in the store and, if asked for, in the report.</source>
        <translation>Contrôle toutes les fiches avec les règles de l’import : positions, téléphones, horaires, traductions, doublons, fraîcheur. Les fiches ne sont pas modifiées ; les constats sont gardés dans la base et, sur demande, dans le rapport.</translation>
    </message>
    <message>
        <source>Blocking findings</source>
        <translation>Constats bloquants</translation>
    </message>
    <message>
        <source>Warnings</source>
        <translation>Avertissements</translation>
    </message>
    <message>
        <source>Create a store</source>
        <translation>Créer une base</translation>
    </message>
    <message>
        <source>Makes an empty store with the tables of the institution/service schema, its closed lists and the committee&apos;s institutions. A file that exists is never overwritten.</source>
        <translation>Crée une base vide avec les tables du schéma institution/service, ses listes fermées et les institutions du comité. Un fichier existant n’est jamais écrasé.</translation>
    </message>
    <message>
        <source>New store</source>
        <translation>Nouvelle base</translation>
    </message>
    <message>
        <source>Export a store</source>
        <translation>Exporter une base</translation>
    </message>
    <message>
        <source>Writes what is published and public, and nothing else, as an Excel workbook, GeoJSON, CSV, or HSDS 3 (the standard of service directories). COUNT is the number of sites.</source>
        <translation>Écrit ce qui est publié et public, et rien d’autre, en classeur Excel, GeoJSON, CSV ou HSDS 3 (la norme des annuaires de services). COUNT est le nombre de sites.</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Exported file</source>
        <translation>Fichier exporté</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>Import a table</source>
        <translation>Importer un tableau</translation>
    </message>
    <message>
        <source>Reads an institution&apos;s table as it was sent (Excel, OpenDocument, CSV), recognises its columns, locates and checks every row and writes the good ones into the store. The report has every row, the refused ones with reason and proposal. The same file twice changes nothing; an import can be undone by its batch.</source>
        <translation>Lit le tableau d’une institution tel qu’il a été envoyé (Excel, OpenDocument, CSV), reconnaît ses colonnes, situe et contrôle chaque ligne et écrit les bonnes dans la base. Le rapport reprend toutes les lignes, les refusées avec motif et proposition. Le même fichier une seconde fois ne change rien ; un import peut être annulé par son lot.</translation>
    </message>
    <message>
        <source>Table to import</source>
        <translation>Tableau à importer</translation>
    </message>
    <message>
        <source>Sheet (empty: the one with the records)</source>
        <translation>Feuille (vide : celle qui contient les fiches)</translation>
    </message>
    <message>
        <source>Code of the institution</source>
        <translation>Code de l’institution</translation>
    </message>
    <message>
        <source>Column mapping</source>
        <translation>Correspondance des colonnes</translation>
    </message>
    <message>
        <source>Status of new records</source>
        <translation>Statut des nouvelles fiches</translation>
    </message>
    <message>
        <source>Only try: report, but write nothing</source>
        <translation>Essai seulement : rapport, sans rien écrire</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Lot</translation>
    </message>
    <message>
        <source>Records created</source>
        <translation>Fiches créées</translation>
    </message>
    <message>
        <source>Records updated</source>
        <translation>Fiches mises à jour</translation>
    </message>
    <message>
        <source>Records unchanged</source>
        <translation>Fiches inchangées</translation>
    </message>
    <message>
        <source>Rows refused</source>
        <translation>Lignes refusées</translation>
    </message>
    <message>
        <source>Print the regional sheets</source>
        <translation>Imprimer les planches régionales</translation>
    </message>
    <message>
        <source>Codes of the regions (empty: all)</source>
        <translation>Codes des régions (vide : toutes)</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Folder of the sheets</source>
        <translation>Dossier des planches</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Fichiers</translation>
    </message>
    <message>
        <source>Sheets</source>
        <translation>Planches</translation>
    </message>
    <message>
        <source>Publish the web map</source>
        <translation>Publier la carte web</translation>
    </message>
    <message>
        <source>Writes a folder with the page for readers: list and map of every published site, on the project&apos;s own map through qgis2web, or on the plain backdrop that comes with the plugin. « auto » takes qgis2web where it is installed. What was published before stands until the new page is complete.</source>
        <translation>Écrit un dossier avec la page des lecteurs : liste et carte de tous les sites publiés, sur la carte du projet au moyen de qgis2web, ou sur le fond simple fourni avec l’extension. « auto » prend qgis2web s’il est installé. L’ancienne publication reste en place jusqu’à ce que la nouvelle page soit complète.</translation>
    </message>
    <message>
        <source>Backdrop</source>
        <translation>Fond de carte</translation>
    </message>
    <message>
        <source>Languages of the page, the first one opens</source>
        <translation>Langues de la page, la première s’ouvre</translation>
    </message>
    <message>
        <source>Folder of the page</source>
        <translation>Dossier de la page</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Page</translation>
    </message>
    <message>
        <source>Backdrop used</source>
        <translation>Fond de carte employé</translation>
    </message>
    <message>
        <source>Undo an import</source>
        <translation>Annuler un import</translation>
    </message>
    <message>
        <source>Removes what one import created and puts back what it changed. The batch is the output BATCH of « Import a table »; the table import_batch lists them all.</source>
        <translation>Retire ce qu’un import a créé et rétablit ce qu’il a modifié. Le lot est la sortie BATCH de « Importer un tableau » ; la table import_batch les liste tous.</translation>
    </message>
    <message>
        <source>Batch to undo</source>
        <translation>Lot à annuler</translation>
    </message>
    <message>
        <source>Records restored</source>
        <translation>Fiches rétablies</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>All severities</source>
        <translation>Toutes gravités</translation>
    </message>
    <message>
        <source>Checking the store</source>
        <translation>Contrôle de la base</translation>
    </message>
    <message>
        <source>“{record}” has no position to show.</source>
        <translation>« {record} » n’a pas de position à montrer.</translation>
    </message>
    <message>
        <source>Store checked: {blocking} blocking, {warnings} warnings.</source>
        <translation>Base contrôlée. Constats bloquants : {blocking} ; avertissements : {warnings}.</translation>
    </message>
    <message>
        <source>Open a store</source>
        <translation>Ouvrir une base</translation>
    </message>
    <message>
        <source>Undo the last import</source>
        <translation>Annuler le dernier import</translation>
    </message>
    <message>
        <source>Undoing the import</source>
        <translation>Annulation de l’import</translation>
    </message>
    <message>
        <source>Import undone: {count} records are as before.</source>
        <translation>Import annulé. Fiches redevenues comme avant : {count}.</translation>
    </message>
    <message>
        <source>{count} were edited since and keep what was edited.</source>
        <translation>Fiches modifiées depuis, qui gardent leurs corrections : {count}.</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Voir sur la carte</translation>
    </message>
    <message>
        <source>{file}, {moment}</source>
        <translation>{file}, le {moment}</translation>
    </message>
    <message>
        <source>No recent store</source>
        <translation>Aucune base récente</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Données</translation>
    </message>
    <message>
        <source>Control</source>
        <translation>Contrôle</translation>
    </message>
    <message>
        <source>Style</source>
        <translation>Style</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publier</translation>
    </message>
    <message>
        <source>Print</source>
        <translation>Imprimer</translation>
    </message>
    <message>
        <source>No store is open.</source>
        <translation>Aucune base n’est ouverte.</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>aucune</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Ligne</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Valeur</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>Constat</translation>
    </message>
    <message>
        <source>Proposal</source>
        <translation>Proposition</translation>
    </message>
    <message>
        <source>Tables ({patterns})</source>
        <translation>Tableaux ({patterns})</translation>
    </message>
    <message>
        <source>Trying the import</source>
        <translation>Essai de l’import</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>Import en cours</translation>
    </message>
    <message>
        <source>Imported from {file}:</source>
        <translation>Importé de {file} :</translation>
    </message>
    <message>
        <source>Trial of {file}; nothing is written yet:</source>
        <translation>Essai de {file} ; rien n’est encore écrit :</translation>
    </message>
    <message>
        <source>Save the report</source>
        <translation>Enregistrer le rapport</translation>
    </message>
    <message>
        <source>Report saved: {file}</source>
        <translation>Rapport enregistré : {file}</translation>
    </message>
    <message>
        <source>The first with records</source>
        <translation>La première qui a des fiches</translation>
    </message>
    <message>
        <source>As the file says</source>
        <translation>Celle que le fichier indique</translation>
    </message>
    <message>
        <source>Cancelled: nothing was changed.</source>
        <translation>Annulé : rien n’a été changé.</translation>
    </message>
    <message>
        <source>This should not have happened: {error}. The details help to mend it.</source>
        <translation>Ceci n’aurait pas dû arriver : {error}. Les détails aideront à y remédier.</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Détails</translation>
    </message>
    <message>
        <source>French and Arabic</source>
        <translation>Français et arabe</translation>
    </message>
    <message>
        <source>French</source>
        <translation>Français</translation>
    </message>
    <message>
        <source>Arabic</source>
        <translation>Arabe</translation>
    </message>
    <message>
        <source>Printing the sheets</source>
        <translation>Impression des planches</translation>
    </message>
    <message>
        <source>Automatic: the best one installed</source>
        <translation>Automatique : le meilleur installé</translation>
    </message>
    <message>
        <source>This project, through qgis2web</source>
        <translation>Ce projet, au moyen de qgis2web</translation>
    </message>
    <message>
        <source>The plain map of the plugin</source>
        <translation>La carte simple de l’extension</translation>
    </message>
    <message>
        <source>Publishing the web map</source>
        <translation>Publication de la carte web</translation>
    </message>
    <message>
        <source>Creating the store</source>
        <translation>Création de la base</translation>
    </message>
    <message>
        <source>Opening the store</source>
        <translation>Ouverture de la base</translation>
    </message>
    <message>
        <source>Reading the store</source>
        <translation>Lecture de la base</translation>
    </message>
    <message>
        <source>Styles restored on {count} layers.</source>
        <translation>Styles rétablis. Couches concernées : {count}.</translation>
    </message>
    <message>
        <source>Left as they are, edited since: {count} records.</source>
        <translation>Fiches laissées telles quelles, modifiées depuis : {count}.</translation>
    </message>
    <message>
        <source>Store: {file}</source>
        <translation>Base : {file}</translation>
    </message>
    <message>
        <source>{files} files printed, with {sites} sites.</source>
        <translation>Planches imprimées : {files} (sites : {sites}).</translation>
    </message>
    <message>
        <source>Base map: {name}</source>
        <translation>Fond de carte : {name}</translation>
    </message>
    <message>
        <source>Files: {files}, {size} KB</source>
        <translation>Fichiers : {files}, {size} Ko</translation>
    </message>
    <message>
        <source>On the page as they are:</source>
        <translation>Sur la page telles quelles :</translation>
    </message>
    <message>
        <source>On the page, a little changed:</source>
        <translation>Sur la page, un peu changées :</translation>
    </message>
    <message>
        <source>Left out:</source>
        <translation>Laissées de côté :</translation>
    </message>
    <message>
        <source>Reading what is published</source>
        <translation>Lecture de ce qui est publié</translation>
    </message>
    <message>
        <source>Drawing the symbols</source>
        <translation>Dessin des symboles</translation>
    </message>
    <message>
        <source>Preparing the map</source>
        <translation>Préparation de la carte</translation>
    </message>
    <message>
        <source>Writing the list and the data</source>
        <translation>Écriture de la liste et des données</translation>
    </message>
    <message>
        <source>Checking the page</source>
        <translation>Contrôle de la page</translation>
    </message>
    <message>
        <source>Putting it in its place</source>
        <translation>Mise en place</translation>
    </message>
    <message>
        <source>{count} sites published.</source>
        <translation>Sites publiés : {count}.</translation>
    </message>
    <message>
        <source>Blocking: {blocking} · Warnings: {warnings}</source>
        <translation>Bloquants : {blocking} · Avertissements : {warnings}</translation>
    </message>
    <message>
        <source>Undo the import of {file}? Records that it created are removed, records that it changed are as before; what was edited since is kept.</source>
        <translation>Annuler l’import de {file} ? Les fiches qu’il a créées sont retirées, celles qu’il a modifiées redeviennent comme avant ; ce qui a été corrigé depuis est gardé.</translation>
    </message>
    <message>
        <source>This project shows another store ({file}). Start a new project for the store in use?</source>
        <translation>Ce projet montre une autre base ({file}). Commencer un nouveau projet pour la base ouverte ?</translation>
    </message>
    <message>
        <source>Without position: {missing} · Open findings: {findings} · Last publication: {last}</source>
        <translation>Sans position : {missing} · Constats ouverts : {findings} · Dernière publication : {last}</translation>
    </message>
    <message>
        <source>{created} created · {updated} updated · {unchanged} unchanged · {refused} refused · {warnings} warnings</source>
        <translation>Créées : {created} · Mises à jour : {updated} · Inchangées : {unchanged} · Refusées : {refused} · Avertissements : {warnings}</translation>
    </message>
    <message>
        <source>No open finding since the last check.</source>
        <translation>Aucun constat ouvert depuis le dernier contrôle.</translation>
    </message>
    <message>
        <source>Commune or town</source>
        <translation>Commune ou ville</translation>
    </message>
    <message>
        <source>Province or prefecture</source>
        <translation>Province ou préfecture</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Région</translation>
    </message>
    <message>
        <source>Latitude</source>
        <translation>Latitude</translation>
    </message>
    <message>
        <source>Longitude</source>
        <translation>Longitude</translation>
    </message>
    <message>
        <source>Coordinates</source>
        <translation>Coordonnées</translation>
    </message>
    <message>
        <source>Services offered</source>
        <translation>Services offerts</translation>
    </message>
    <message>
        <source>Offered at sites of the kinds</source>
        <translation>Offert dans les lieux de type</translation>
    </message>
    <message>
        <source>{field}?</source>
        <translation>{field} ?</translation>
    </message>
    <message>
        <source>not recognised</source>
        <translation>non reconnue</translation>
    </message>
    <message>
        <source>{table}: {lines} rows; {taken} of {all} columns are recognised.</source>
        <translation>{table} : {lines} lignes ; colonnes reconnues : {taken} sur {all}.</translation>
    </message>
    <message>
        <source>Questions to answer: {count}.</source>
        <translation>Questions à trancher : {count}.</translation>
    </message>
    <message>
        <source>Do not take</source>
        <translation>Ne pas reprendre</translation>
    </message>
    <message>
        <source>Folder for the tables to hand out</source>
        <translation>Dossier des modèles à remettre</translation>
    </message>
    <message>
        <source>Tables to hand out written: {folder}</source>
        <translation>Modèles écrits dans {folder}</translation>
    </message>
    <message>
        <source>Writing the tables</source>
        <translation>Écriture des modèles</translation>
    </message>
    <message>
        <source>Reading the file</source>
        <translation>Lecture du fichier</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Essayer de nouveau</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Écriture du rapport</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>All rows ({count})</source>
        <translation>Toutes les lignes ({count})</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Créée</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>Mise à jour</translation>
    </message>
    <message>
        <source>Unchanged</source>
        <translation>Inchangée</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Refusée</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>Résultat</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Nom</translation>
    </message>
    <message>
        <source>It was deleted since.</source>
        <translation>Elle a été supprimée depuis.</translation>
    </message>
    <message>
        <source>It stays: other records refer to it.</source>
        <translation>Elle reste : d’autres fiches y renvoient.</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Ouverts</translation>
    </message>
    <message>
        <source>Ignored</source>
        <translation>Ignorés</translation>
    </message>
    <message>
        <source>Ignored: {count}</source>
        <translation>Ignorés : {count}</translation>
    </message>
    <message>
        <source>Ignore findings</source>
        <translation>Ignorer des constats</translation>
    </message>
    <message>
        <source>Why can what was found stay as it is? Whoever checks later reads this.</source>
        <translation>Pourquoi ce constat peut-il rester tel quel ? Qui contrôlera plus tard lira cette raison.</translation>
    </message>
    <message>
        <source>Nothing was ignored: give a reason.</source>
        <translation>Rien n’a été ignoré : donnez une raison.</translation>
    </message>
    <message>
        <source>Findings ignored: {count}</source>
        <translation>Constats ignorés : {count}</translation>
    </message>
    <message>
        <source>Ignoring findings</source>
        <translation>Mise à l’écart de constats</translation>
    </message>
    <message>
        <source>Findings reopened: {count}</source>
        <translation>Constats rouverts : {count}</translation>
    </message>
    <message>
        <source>Reopening findings</source>
        <translation>Réouverture de constats</translation>
    </message>
    <message>
        <source>Ignored: {reason}</source>
        <translation>Ignoré : {reason}</translation>
    </message>
    <message>
        <source>Store (.gpkg file, or PG: and a connection)</source>
        <translation>Base (fichier .gpkg, ou PG: et une connexion)</translation>
    </message>
    <message>
        <source>Looking for duplicates</source>
        <translation>Recherche de doublons</translation>
    </message>
    <message>
        <source>Pairs that are probably one place: {count}</source>
        <translation>Paires qui sont sans doute un même lieu : {count}</translation>
    </message>
    <message>
        <source>Record that is kept</source>
        <translation>Fiche gardée</translation>
    </message>
    <message>
        <source>Fields that are the same in both: {count}. The record that is not kept is closed and leads to the other one; its offers, notices and history are kept.</source>
        <translation>Champs identiques dans les deux : {count}. La fiche qui n’est pas gardée est fermée et renvoie à l’autre ; ses offres, ses avis et son historique sont conservés.</translation>
    </message>
    <message>
        <source>Merge “{given_up}” into “{kept}”? The first is closed as a duplicate and leads to the second.</source>
        <translation>Fusionner « {given_up} » dans « {kept} » ? La première est fermée comme doublon et renvoie à la seconde.</translation>
    </message>
    <message>
        <source>Merge two records</source>
        <translation>Fusionner deux fiches</translation>
    </message>
    <message>
        <source>Two records were merged into one.</source>
        <translation>Deux fiches ont été fusionnées en une.</translation>
    </message>
    <message>
        <source>Merging two records</source>
        <translation>Fusion de deux fiches</translation>
    </message>
    <message>
        <source>Two places</source>
        <translation>Deux lieux</translation>
    </message>
    <message>
        <source>How are they known to be two places? Whoever checks later reads this.</source>
        <translation>Comment sait-on que ce sont deux lieux ? Qui contrôlera plus tard lira cette raison.</translation>
    </message>
    <message>
        <source>Noting that they are two places</source>
        <translation>Distinction de deux lieux</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>same name</source>
        <translation>même nom</translation>
    </message>
    <message>
        <source>same words</source>
        <translation>mêmes mots</translation>
    </message>
    <message>
        <source>names alike</source>
        <translation>noms proches</translation>
    </message>
    <message>
        <source>one name within the other</source>
        <translation>un nom contenu dans l’autre</translation>
    </message>
    <message>
        <source>one name translates the other</source>
        <translation>un nom traduit l’autre</translation>
    </message>
    <message>
        <source>same kind</source>
        <translation>même type</translation>
    </message>
    <message>
        <source>the only one of its kind there</source>
        <translation>seul de son type à cet endroit</translation>
    </message>
    <message>
        <source>same number in the name</source>
        <translation>même numéro dans le nom</translation>
    </message>
    <message>
        <source>same telephone</source>
        <translation>même téléphone</translation>
    </message>
    <message>
        <source>same town</source>
        <translation>même ville</translation>
    </message>
    <message>
        <source>same position</source>
        <translation>même position</translation>
    </message>
    <message>
        <source>same address</source>
        <translation>même adresse</translation>
    </message>
    <message>
        <source>same institution</source>
        <translation>même institution</translation>
    </message>
    <message>
        <source>Line of the headings (0: it is recognised)</source>
        <translation>Ligne des titres (0 : elle est reconnue)</translation>
    </message>
    <message>
        <source>No row of headings was recognised among the first lines of the file. Choose it above, or name the columns in the file (“Nom”, “Type”, “Commune”, “Téléphone”…).</source>
        <translation>Aucune ligne de titres n’a été reconnue parmi les premières du fichier. Choisissez-la ci-dessus, ou nommez les colonnes dans le fichier (« Nom », « Type », « Commune », « Téléphone »…).</translation>
    </message>
    <message>
        <source>Choose the row of headings</source>
        <translation>Choisissez la ligne des titres</translation>
    </message>
    <message>
        <source>Line {line}: {cells}</source>
        <translation>Ligne {line} : {cells}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Merge undone: the two records are two again.</source>
        <translation>Fusion annulée : les deux fiches sont de nouveau deux.</translation>
    </message>
    <message>
        <source>Undoing the merge</source>
        <translation>Annulation de la fusion</translation>
    </message>
    <message>
        <source>Change of several sites</source>
        <translation>Modification de plusieurs sites</translation>
    </message>
    <message>
        <source>Closing of sites</source>
        <translation>Fermeture de sites</translation>
    </message>
    <message>
        <source>Move of a site</source>
        <translation>Déplacement d’un site</translation>
    </message>
    <message>
        <source>Site split off</source>
        <translation>Site détaché</translation>
    </message>
    <message>
        <source>Photo of a site</source>
        <translation>Photo d’un site</translation>
    </message>
    <message>
        <source>Services of a site</source>
        <translation>Services d’un site</translation>
    </message>
    <message>
        <source>The value is given to {count} sites; what they had goes.</source>
        <translation>La valeur est donnée aux sites choisis ({count}) et remplace la leur.</translation>
    </message>
    <message>
        <source>Reading two sites</source>
        <translation>Lecture de deux sites</translation>
    </message>
    <message>
        <source>Edits not saved yet: {count}</source>
        <translation>Modifications pas encore enregistrées : {count}</translation>
    </message>
    <message>
        <source>{service} ({institution})</source>
        <translation>{service} ({institution})</translation>
    </message>
    <message>
        <source>Services offered here: {count}</source>
        <translation>Services offerts ici : {count}</translation>
    </message>
    <message>
        <source>Move on the map</source>
        <translation>Déplacer sur la carte</translation>
    </message>
    <message>
        <source>Split off a new site on the map</source>
        <translation>Détacher un nouveau site sur la carte</translation>
    </message>
    <message>
        <source>Services offered…</source>
        <translation>Services offerts…</translation>
    </message>
    <message>
        <source>Photo…</source>
        <translation>Photo…</translation>
    </message>
    <message>
        <source>Change several sites at once…</source>
        <translation>Modifier plusieurs sites à la fois…</translation>
    </message>
    <message>
        <source>Close…</source>
        <translation>Fermer…</translation>
    </message>
    <message>
        <source>Merge two sites…</source>
        <translation>Fusionner deux sites…</translation>
    </message>
    <message>
        <source>Click where the new site is.</source>
        <translation>Cliquez à l’endroit du nouveau site.</translation>
    </message>
    <message>
        <source>Click where the site is to be.</source>
        <translation>Cliquez à l’endroit où le site doit être.</translation>
    </message>
    <message>
        <source>Photo of the site</source>
        <translation>Photo du site</translation>
    </message>
    <message>
        <source>Site added</source>
        <translation>Site ajouté</translation>
    </message>
    <message>
        <source>Form of a site</source>
        <translation>Formulaire d’un site</translation>
    </message>
    <message>
        <source>New site</source>
        <translation>Nouveau site</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>This site has no position yet.</source>
        <translation>Ce site n’a pas encore de position.</translation>
    </message>
    <message>
        <source>This position lies in no commune of the country.</source>
        <translation>Cette position n’est dans aucune commune du pays.</translation>
    </message>
    <message>
        <source>To correct or to empty before saving: {fields}.</source>
        <translation>À corriger ou à vider avant d’enregistrer : {fields}.</translation>
    </message>
    <message>
        <source>The site will be a draft: a finding is blocking.</source>
        <translation>Le site restera un brouillon : un constat est bloquant.</translation>
    </message>
    <message>
        <source>A finding keeps this site from being published.</source>
        <translation>Un constat empêche de publier ce site.</translation>
    </message>
    <message>
        <source>Nothing is blocking.</source>
        <translation>Rien n’est bloquant.</translation>
    </message>
    <message>
        <source>The rules find nothing wrong.</source>
        <translation>Les règles ne trouvent rien à redire.</translation>
    </message>
    <message>
        <source>This place may be in the store already: a double click opens the site that is.</source>
        <translation>Ce lieu est peut-être déjà dans la base : un double clic ouvre le site qui y est.</translation>
    </message>
    <message>
        <source>Sites next door:</source>
        <translation>Sites tout proches :</translation>
    </message>
    <message>
        <source>No site of the store is near that looks like this one.</source>
        <translation>Aucun site de la base n’est tout proche ni semblable.</translation>
    </message>
    <message>
        <source>{metres} m</source>
        <translation>{metres} m</translation>
    </message>
    <message>
        <source>All institutions</source>
        <translation>Toutes les institutions</translation>
    </message>
    <message>
        <source>All states</source>
        <translation>Tous les statuts</translation>
    </message>
    <message>
        <source>All regions</source>
        <translation>Toutes les régions</translation>
    </message>
    <message>
        <source>Sites: {shown} of {all} · selected: {selected}</source>
        <translation>Sites : {shown} sur {all} · sélectionnés : {selected}</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>never</source>
        <translation>jamais</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>Commune</source>
        <translation>Commune</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Type</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Statut</translation>
    </message>
    <message>
        <source>Verified on</source>
        <translation>Vérifié le</translation>
    </message>
    <message>
        <source>Who verifies (a function)…</source>
        <translation>Qui vérifie (une fonction)…</translation>
    </message>
    <message>
        <source>Sites verified today: {count}.</source>
        <translation>Sites vérifiés aujourd’hui : {count}.</translation>
    </message>
    <message>
        <source>Noting the verification</source>
        <translation>Enregistrement de la vérification</translation>
    </message>
    <message>
        <source>The verification was taken back.</source>
        <translation>La vérification est annulée.</translation>
    </message>
    <message>
        <source>Taking the verification back</source>
        <translation>Annulation de la vérification</translation>
    </message>
    <message>
        <source>Who verifies</source>
        <translation>Qui vérifie</translation>
    </message>
    <message>
        <source>A function, never the name of a person:</source>
        <translation>Une fonction, jamais le nom d’une personne :</translation>
    </message>
    <message>
        <source>Verified today: {method}</source>
        <translation>Vérifié aujourd’hui : {method}</translation>
    </message>
    <message>
        <source>Note that the sites selected were verified today</source>
        <translation>Note que les sites sélectionnés ont été vérifiés aujourd’hui</translation>
    </message>
    <message>
        <source>QGIS knows no PostgreSQL connection</source>
        <translation>QGIS ne connaît aucune connexion PostgreSQL</translation>
    </message>
    <message>
        <source>Create a store there</source>
        <translation>Y créer une base</translation>
    </message>
    <message>
        <source>Table to import (a file, or the name of a layer)</source>
        <translation>Tableau à importer (un fichier, ou le nom d’une couche)</translation>
    </message>
    <message>
        <source>No other layer in the project</source>
        <translation>Aucune autre couche dans le projet</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Compter</translation>
    </message>
    <message>
        <source>Call list of the month</source>
        <translation>Liste d’appels du mois</translation>
    </message>
    <message>
        <source>Writes the published records that are due for verification this month, by institution and region, with their telephone numbers, as PDF or XLSX.</source>
        <translation>Écrit les fiches publiées à vérifier ce mois-ci, par institution et région, avec leurs numéros de téléphone, en PDF ou XLSX.</translation>
    </message>
    <message>
        <source>Committee&apos;s report</source>
        <translation>Rapport au comité</translation>
    </message>
    <message>
        <source>Writes coverage, freshness, languages, precision, findings and trend by institution and region, and how many people live near a service, as PDF or XLSX.</source>
        <translation>Écrit la couverture, la fraîcheur, les langues, la précision, les constats et la tendance par institution et région, et combien de personnes vivent près d’un service, en PDF ou XLSX.</translation>
    </message>
    <message>
        <source>Reach of the services</source>
        <translation>Portée des services</translation>
    </message>
    <message>
        <source>Measures how far each commune is from the nearest published service of each institution and theme, and counts people within 5, 10 and 25 km (census of 2024), as a table (XLSX, CSV) or a layer (GeoPackage).</source>
        <translation>Mesure la distance de chaque commune au service publié le plus proche de chaque institution et thème, et compte la population à 5, 10 et 25 km (recensement de 2024), en tableau (XLSX, CSV) ou en couche (GeoPackage).</translation>
    </message>
    <message>
        <source>Records verified today by telephone: {count}.</source>
        <translation>Fiches vérifiées aujourd’hui par téléphone : {count}.</translation>
    </message>
    <message>
        <source>Noting the calls</source>
        <translation>Enregistrement des appels</translation>
    </message>
    <message>
        <source>The calls were taken back.</source>
        <translation>Les vérifications ont été annulées.</translation>
    </message>
    <message>
        <source>Taking the calls back</source>
        <translation>Annulation des vérifications</translation>
    </message>
    <message>
        <source>Call list saved: {file}</source>
        <translation>Liste d’appels enregistrée : {file}</translation>
    </message>
    <message>
        <source>Writing the call list</source>
        <translation>Écriture de la liste d’appels</translation>
    </message>
    <message>
        <source>To verify this month: {count}, of which overdue or never verified: {late}.</source>
        <translation>À vérifier ce mois-ci : {count}, dont en retard ou jamais vérifiées : {late}.</translation>
    </message>
    <message>
        <source>{institution} · {region} ({count})</source>
        <translation>{institution} · {region} ({count})</translation>
    </message>
    <message>
        <source>Counting</source>
        <translation>Décompte</translation>
    </message>
    <message>
        <source>Writing the committee&apos;s report</source>
        <translation>Écriture du rapport au comité</translation>
    </message>
    <message>
        <source>Measuring distances</source>
        <translation>Mesure des distances</translation>
    </message>
    <message>
        <source>Whose services?</source>
        <translation>Les services de qui ?</translation>
    </message>
    <message>
        <source>File of the layer</source>
        <translation>Fichier de la couche</translation>
    </message>
    <message>
        <source>Writing the layer</source>
        <translation>Écriture de la couche</translation>
    </message>
    <message>
        <source>Call list</source>
        <translation>Appels</translation>
    </message>
    <message>
        <source>Committee</source>
        <translation>Comité</translation>
    </message>
    <message>
        <source>By severity</source>
        <translation>Par gravité</translation>
    </message>
    <message>
        <source>By institution</source>
        <translation>Par institution</translation>
    </message>
    <message>
        <source>By region</source>
        <translation>Par région</translation>
    </message>
    <message>
        <source>By rule</source>
        <translation>Par règle</translation>
    </message>
    <message>
        <source>{group} ({count})</source>
        <translation>{group} ({count})</translation>
    </message>
    <message>
        <source>No institution</source>
        <translation>Sans institution</translation>
    </message>
    <message>
        <source>No region</source>
        <translation>Sans région</translation>
    </message>
    <message>
        <source>Looking for what can be done</source>
        <translation>Recherche de ce qui peut être fait</translation>
    </message>
    <message>
        <source>Nothing can be done about these findings by itself.</source>
        <translation>Rien ne peut être fait automatiquement pour ces constats.</translation>
    </message>
    <message>
        <source>Sure: {sure} · To decide: {likely}. Tick what is to be done; one click undoes it.</source>
        <translation>Sûres : {sure} · À décider : {likely}. Cochez ce qui est à faire ; un clic l’annule.</translation>
    </message>
    <message>
        <source>Findings fixed: {count}.</source>
        <translation>Constats corrigés : {count}.</translation>
    </message>
    <message>
        <source>Fixing findings</source>
        <translation>Correction des constats</translation>
    </message>
    <message>
        <source>The fixes were taken back.</source>
        <translation>Les corrections ont été annulées.</translation>
    </message>
    <message>
        <source>Undoing the fixes</source>
        <translation>Annulation des corrections</translation>
    </message>
    <message>
        <source>Web address of the page, for search engines</source>
        <translation>Adresse web de la page, pour les moteurs de recherche</translation>
    </message>
    <message>
        <source>Go back to the web map published before</source>
        <translation>Revenir à la carte web publiée avant</translation>
    </message>
    <message>
        <source>Puts the publication before back in the place of the present page, which is kept aside. The store is not changed. Three publications are kept.</source>
        <translation>Remet la publication précédente à la place de la page actuelle, qui est gardée de côté. La base n’est pas changée. Trois publications sont conservées.</translation>
    </message>
    <message>
        <source>Publication put back</source>
        <translation>Publication remise en place</translation>
    </message>
    <message>
        <source>First publication: there is none to compare with.</source>
        <translation>Première publication : il n’y en a pas à laquelle comparer.</translation>
    </message>
    <message>
        <source>Nothing changed since the publication of {moment}.</source>
        <translation>Rien n’a changé depuis la publication du {moment}.</translation>
    </message>
    <message>
        <source>Since the publication of {moment}:</source>
        <translation>Depuis la publication du {moment} :</translation>
    </message>
    <message>
        <source>Not published: {count} records have faults that forbid it. Mend them, take them back to draft, or ignore the findings and say why (place « Control »).</source>
        <translation>Non publié : {count} fiches ont des défauts qui l’interdisent. Corrigez-les, remettez-les en brouillon, ou ignorez les constats en disant pourquoi (volet « Contrôle »).</translation>
    </message>
    <message>
        <source>Places (added, changed, gone):</source>
        <translation>Lieux (ajoutés, changés, retirés) :</translation>
    </message>
    <message>
        <source>Services:</source>
        <translation>Services :</translation>
    </message>
    <message>
        <source>Services given at places:</source>
        <translation>Services rendus dans les lieux :</translation>
    </message>
    <message>
        <source>Notices:</source>
        <translation>Avis :</translation>
    </message>
    <message>
        <source>Institutions:</source>
        <translation>Institutions :</translation>
    </message>
    <message>
        <source>Programmes:</source>
        <translation>Programmes :</translation>
    </message>
    <message>
        <source>Comparing with the last publication</source>
        <translation>Comparaison avec la dernière publication</translation>
    </message>
    <message>
        <source>Places would disappear from the page. Publish?</source>
        <translation>Des lieux disparaîtraient de la page. Publier ?</translation>
    </message>
    <message>
        <source>Back to the publication before</source>
        <translation>Retour à la publication précédente</translation>
    </message>
    <message>
        <source>Put the publication before back in the place of the present page? The store is not changed, and the present page is kept aside.</source>
        <translation>Remettre la publication précédente à la place de la page actuelle ? La base n’est pas changée, et la page actuelle est gardée de côté.</translation>
    </message>
    <message>
        <source>The page of {moment} is back in its place.</source>
        <translation>La page du {moment} est de nouveau en place.</translation>
    </message>
    <message>
        <source>Somebody else saved this record</source>
        <translation>Quelqu’un d’autre a enregistré cette fiche</translation>
    </message>
    <message>
        <source>Save the chosen values</source>
        <translation>Enregistrer les valeurs choisies</translation>
    </message>
    <message>
        <source>« {name} » was saved by somebody else while you were editing it. Choose what stays in each field; the other value stays in the history.</source>
        <translation>« {name} » a été enregistré par quelqu’un d’autre pendant que vous le modifiiez. Choisissez ce qui reste dans chaque champ ; l’autre version reste dans l’historique.</translation>
    </message>
    <message>
        <source>Yours</source>
        <translation>La vôtre</translation>
    </message>
    <message>
        <source>The other&apos;s</source>
        <translation>Celle de l’autre</translation>
    </message>
    <message>
        <source>Theme of the services</source>
        <translation>Domaine des services</translation>
    </message>
    <message>
        <source>No names</source>
        <translation>Sans noms</translation>
    </message>
    <message>
        <source>As they are</source>
        <translation>Tels quels</translation>
    </message>
    <message>
        <source>One disc with their number</source>
        <translation>Un disque avec leur nombre</translation>
    </message>
    <message>
        <source>On a ring around their place</source>
        <translation>En couronne autour du lieu</translation>
    </message>
    <message>
        <source>The sites have their new style.</source>
        <translation>Les sites ont leur nouveau style.</translation>
    </message>
    <message>
        <source>The style is kept in the store.</source>
        <translation>Le style est gardé dans la base.</translation>
    </message>
    <message>
        <source>Save the style</source>
        <translation>Enregistrer le style</translation>
    </message>
    <message>
        <source>The project shows no sites: show the store first.</source>
        <translation>Le projet ne montre aucun site : affichez d’abord la base.</translation>
    </message>
    <message>
        <source>Check out for field work</source>
        <translation>Emporter pour le terrain</translation>
    </message>
    <message>
        <source>Writes the records of an institution, of a region, or all, as a GeoPackage with a project beside it. It is edited without a network, in QGIS or QField, and brought back with « Check in field work ».</source>
        <translation>Écrit les fiches d’une institution, d’une région, ou toutes, dans un GeoPackage avec un projet à côté. Il se modifie sans réseau, dans QGIS ou QField, et se rapporte avec « Rapporter le travail de terrain ».</translation>
    </message>
    <message>
        <source>Code of the institution (empty: all)</source>
        <translation>Code de l’institution (vide : toutes)</translation>
    </message>
    <message>
        <source>Code of the region (empty: all)</source>
        <translation>Code de la région (vide : toutes)</translation>
    </message>
    <message>
        <source>File for the field</source>
        <translation>Fichier pour le terrain</translation>
    </message>
    <message>
        <source>Check in field work</source>
        <translation>Rapporter le travail de terrain</translation>
    </message>
    <message>
        <source>Brings the edits of a file that was checked out into its store. What others changed meanwhile stays, and is kept for choosing in the dock, field by field. The same file again brings only what is new. CONFLICTS says how many values are to be chosen.</source>
        <translation>Rapporte dans la base les modifications d’un fichier emporté. Ce que d’autres ont changé entre-temps reste, et se choisit dans le panneau, champ par champ. Le même fichier une seconde fois n’apporte que ce qui est nouveau. CONFLICTS dit combien de valeurs sont à choisir.</translation>
    </message>
    <message>
        <source>File from the field</source>
        <translation>Fichier du terrain</translation>
    </message>
    <message>
        <source>Records deleted</source>
        <translation>Fiches supprimées</translation>
    </message>
    <message>
        <source>Values to choose</source>
        <translation>Valeurs à choisir</translation>
    </message>
    <message>
        <source>Records refused</source>
        <translation>Fiches refusées</translation>
    </message>
    <message>
        <source>Take along for field work</source>
        <translation>Emporter pour le terrain</translation>
    </message>
    <message>
        <source>Bring field work back…</source>
        <translation>Rapporter le travail de terrain…</translation>
    </message>
    <message>
        <source>Choose between two values…</source>
        <translation>Choisir entre deux valeurs…</translation>
    </message>
    <message>
        <source>All records</source>
        <translation>Toutes les fiches</translation>
    </message>
    <message>
        <source>{count} sites taken along: {file}, with its project.</source>
        <translation>{count} lieux emportés : {file}, avec son projet.</translation>
    </message>
    <message>
        <source>Taking records along</source>
        <translation>Préparation du terrain</translation>
    </message>
    <message>
        <source>Bringing field work back</source>
        <translation>Retour du terrain</translation>
    </message>
    <message>
        <source>There is nothing to choose.</source>
        <translation>Il n’y a rien à choisir.</translation>
    </message>
    <message>
        <source>{count} values chosen.</source>
        <translation>{count} valeurs choisies.</translation>
    </message>
    <message>
        <source>Saving the choices</source>
        <translation>Enregistrement des choix</translation>
    </message>
    <message>
        <source>Field work: choose the values</source>
        <translation>Terrain : choisir les valeurs</translation>
    </message>
    <message>
        <source>These values were changed in the field and in the store. Tick what stays; the other value is in the history. What is not ticked stays here.</source>
        <translation>Ces valeurs ont été changées sur le terrain et dans la base. Cochez ce qui reste ; l’autre valeur est dans l’historique. Ce qui n’est pas coché attend ici.</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>From the field</source>
        <translation>Du terrain</translation>
    </message>
    <message>
        <source>In the store</source>
        <translation>Dans la base</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Supprimée</translation>
    </message>
    <message>
        <source>Present</source>
        <translation>Présente</translation>
    </message>
    <message>
        <source>Field work brought back: {created} records created, {updated} updated, {deleted} deleted; {conflicts} values to choose, {refused} records refused.</source>
        <translation>Travail de terrain rapporté : {created} fiches créées, {updated} modifiées, {deleted} supprimées ; {conflicts} valeurs à choisir, {refused} fiches refusées.</translation>
    </message>
    <message>
        <source>Restore an institution&apos;s records</source>
        <translation>Rétablir les fiches d’une institution</translation>
    </message>
    <message>
        <source>Puts the records of one institution back as they were at a moment, from the history, or as a kept store has them (a copy, or a backup restored beside). The others&apos; records stay as they are. What was added since is deleted, unless others refer to it.</source>
        <translation>Remet les fiches d’une institution comme elles étaient à un moment, d’après l’historique, ou comme une base conservée les a (une copie, ou une sauvegarde restaurée à côté). Les fiches des autres restent telles quelles. Ce qui a été ajouté depuis est supprimé, sauf si d’autres fiches s’y rattachent.</translation>
    </message>
    <message>
        <source>As they were on</source>
        <translation>Comme elles étaient le</translation>
    </message>
    <message>
        <source>Or as they are in a kept store</source>
        <translation>Ou comme elles sont dans une base conservée</translation>
    </message>
    <message>
        <source>Writes one A3 sheet for each region that has published sites: map, index, legend and tables, with its index (CSV) and its report (JSON) beside it. Regions are given by their codes, separated by commas (06,04); none means all twelve, and the sheet of the country before them.</source>
        <translation>Écrit une feuille A3 pour chaque région qui a des établissements publiés : carte, liste, légende et tableaux, avec sa liste (CSV) et son rapport (JSON) à côté. Les régions se donnent par leurs codes, séparés par des virgules (06,04) ; aucun code signifie les douze, précédées de la feuille du pays.</translation>
    </message>
    <message>
        <source>One atlas instead of a file for each sheet</source>
        <translation>Un seul atlas au lieu d’un fichier par feuille</translation>
    </message>
    <message>
        <source>Sheet of the country</source>
        <translation>Feuille du pays</translation>
    </message>
    <message>
        <source>Address of the published page (for the code)</source>
        <translation>Adresse de la page publiée (pour le code)</translation>
    </message>
    <message>
        <source>Charter (empty: the plugin’s own)</source>
        <translation>Charte (vide : celle de l’extension)</translation>
    </message>
    <message>
        <source>Charter of the sheets</source>
        <translation>Charte des feuilles</translation>
    </message>
    <message>
        <source>PDF, a file for each sheet</source>
        <translation>PDF, un fichier par feuille</translation>
    </message>
    <message>
        <source>PDF, one atlas</source>
        <translation>PDF, un seul atlas</translation>
    </message>
    <message>
        <source>PNG, 300 dots to the inch</source>
        <translation>PNG, 300 points par pouce</translation>
    </message>
    <message>
        <source>A code on each sheet leads to {address}</source>
        <translation>Un code sur chaque feuille mène à {address}</translation>
    </message>
    <message>
        <source>No code for telephones: the address of the page on the web is not given (place « Publish »).</source>
        <translation>Pas de code pour téléphones : l’adresse de la page sur le web n’est pas indiquée (onglet « Publier »).</translation>
    </message>
    <message>
        <source>Preparing the preview</source>
        <translation>Préparation de l’aperçu</translation>
    </message>
    <message>
        <source>Preparing the layout</source>
        <translation>Préparation de la mise en page</translation>
    </message>
    <message>
        <source>The layout « {name} » is in the project; save it to keep it.</source>
        <translation>La mise en page « {name} » est dans le projet ; enregistrez-le pour la garder.</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Page précédente</translation>
    </message>
    <message>
        <source>Next page</source>
        <translation>Page suivante</translation>
    </message>
    <message>
        <source>Enlarge</source>
        <translation>Agrandir</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Page {page} sur {pages}</translation>
    </message>
    <message>
        <source>E-mail address for reports of errors</source>
        <translation>Adresse électronique pour les erreurs signalées</translation>
    </message>
    <message>
        <source>Reading the merges</source>
        <translation>Lecture des fusions</translation>
    </message>
    <message>
        <source>No merge of this store can be undone.</source>
        <translation>Aucune fusion de cette base ne peut être annulée.</translation>
    </message>
    <message>
        <source>Undo a merge</source>
        <translation>Annuler une fusion</translation>
    </message>
    <message>
        <source>Which two records are to be two again?</source>
        <translation>Quelles fiches redeviennent deux ?</translation>
    </message>
    <message>
        <source>Reading the call list</source>
        <translation>Lecture de la liste d’appels</translation>
    </message>
    <message>
        <source>The {count} that have waited longest are listed.</source>
        <translation>Les {count} qui attendent depuis le plus longtemps sont affichées.</translation>
    </message>
    <message>
        <source>The gravest {count} are listed.</source>
        <translation>Les {count} plus graves sont affichés.</translation>
    </message>
    <message>
        <source>Reading the findings</source>
        <translation>Lecture des constats</translation>
    </message>
    <message>
        <source>Writing the findings</source>
        <translation>Écriture des constats</translation>
    </message>
    <message>
        <source>The first {count} sites are selected: a search or a filter reaches the others.</source>
        <translation>Les {count} premiers sites sont sélectionnés : une recherche ou un filtre mène aux autres.</translation>
    </message>
    <message>
        <source>more than {count}</source>
        <translation>plus de {count}</translation>
    </message>
    <message>
        <source>Regions whose sheet was not printed</source>
        <translation>Régions dont la feuille n’a pas été imprimée</translation>
    </message>
    <message>
        <source>Regions whose sheet is to be checked</source>
        <translation>Régions dont la feuille est à vérifier</translation>
    </message>
    <message>
        <source>Sheets not printed: {refused}; marked « to be checked »: {marked}.</source>
        <translation>Feuilles non imprimées : {refused} ; marquées « à vérifier » : {marked}.</translation>
    </message>
    <message>
        <source>QGIS did not take what was typed: the form stays open.</source>
        <translation>QGIS n’a pas pris la saisie : la fiche reste ouverte.</translation>
    </message>
    <message>
        <source>Save the edits first: this reads what is in the store.</source>
        <translation>Enregistrez d’abord les modifications : c’est le contenu de la base qui est lu.</translation>
    </message>
    <message>
        <source>Of these sites, {count} have a blocking finding: nothing is published before it is mended.</source>
        <translation>Parmi ces sites, {count} ont un constat bloquant : rien n’est publié avant qu’il soit corrigé.</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Oui</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Non</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>ChangeForm</name>
    <message>
        <source>Change several sites at once</source>
        <translation>Modifier plusieurs sites à la fois</translation>
    </message>
    <message>
        <source>Field to change</source>
        <translation>Champ à modifier</translation>
    </message>
</context>
<context>
    <name>CloseForm</name>
    <message>
        <source>Close sites</source>
        <translation>Fermer des sites</translation>
    </message>
    <message>
        <source>A closed site leaves the map and stays in the store. Links to it lead to the one that replaces it.</source>
        <translation>Un site fermé quitte la carte et reste dans la base. Les liens vers lui mènent à celui qui le remplace.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Motif</translation>
    </message>
    <message>
        <source>Closed on</source>
        <translation>Fermé le</translation>
    </message>
    <message>
        <source>Replaced by</source>
        <translation>Remplacé par</translation>
    </message>
    <message>
        <source>Nothing, or a site to look for</source>
        <translation>Rien, ou un site à chercher</translation>
    </message>
    <message>
        <source>Sites that may replace it</source>
        <translation>Sites qui peuvent le remplacer</translation>
    </message>
    <message>
        <source>No open site of the store is found by these words. Empty the field to close without a replacement.</source>
        <translation>Aucun site ouvert de la base ne répond à ces mots. Videz le champ pour fermer sans remplacement.</translation>
    </message>
</context>
<context>
    <name>CommitteeForm</name>
    <message>
        <source>The report for the committee: coverage, freshness, languages, precision, findings and trend by institution and region, and how many people live near a service.</source>
        <translation>Le rapport au comité : couverture, fraîcheur, langues, précision, constats et tendance par institution et région, et combien de personnes vivent près d’un service.</translation>
    </message>
    <message>
        <source>Figures at a glance</source>
        <translation>Chiffres en bref</translation>
    </message>
    <message>
        <source>Indicator</source>
        <translation>Indicateur</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Aujourd’hui</translation>
    </message>
    <message>
        <source>Last publication</source>
        <translation>Dernière
publication</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>Évolution</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Compter</translation>
    </message>
    <message>
        <source>Work out the figures of the store as it now is</source>
        <translation>Calculer les chiffres de la base telle qu’elle est</translation>
    </message>
    <message>
        <source>Committee&apos;s report…</source>
        <translation>Rapport au comité…</translation>
    </message>
    <message>
        <source>The whole report, as PDF to hand out or as XLSX to work with</source>
        <translation>Le rapport entier, en PDF à distribuer ou en XLSX à travailler</translation>
    </message>
    <message>
        <source>Language of the report</source>
        <translation>Langue du rapport</translation>
    </message>
    <message>
        <source>Reach of the services</source>
        <translation>Portée des services</translation>
    </message>
    <message>
        <source>Distance from each commune to the nearest published service of an institution or a theme.</source>
        <translation>Distance de chaque commune au service publié le plus proche d’une institution ou d’un thème.</translation>
    </message>
    <message>
        <source>Show on the map…</source>
        <translation>Montrer sur la carte…</translation>
    </message>
    <message>
        <source>Write the communes with their distances as a layer, and add it to the project</source>
        <translation>Écrire les communes et leurs distances comme couche, et l’ajouter au projet</translation>
    </message>
    <message>
        <source>Save the table…</source>
        <translation>Enregistrer le tableau…</translation>
    </message>
    <message>
        <source>People within 5, 10 and 25 km, and each commune&apos;s distances, as XLSX or CSV</source>
        <translation>Population à 5, 10 et 25 km, et distances de chaque commune, en XLSX ou CSV</translation>
    </message>
</context>
<context>
    <name>ControlForm</name>
    <message>
        <source>Check the store</source>
        <translation>Contrôler la base</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Gravité</translation>
    </message>
    <message>
        <source>Search in the findings</source>
        <translation>Chercher dans les constats</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>Rapport…</translation>
    </message>
    <message>
        <source>Open or ignored findings</source>
        <translation>Constats ouverts ou ignorés</translation>
    </message>
    <message>
        <source>Ignore…</source>
        <translation>Ignorer…</translation>
    </message>
    <message>
        <source>Keep the chosen findings out of the counts, with a reason, until their value changes</source>
        <translation>Sortir des comptes les constats choisis, avec une raison, tant que leur valeur ne change pas</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>Rouvrir</translation>
    </message>
    <message>
        <source>Count the chosen findings again</source>
        <translation>Compter de nouveau les constats choisis</translation>
    </message>
    <message>
        <source>Duplicates…</source>
        <translation>Doublons…</translation>
    </message>
    <message>
        <source>Compare records that are probably one place, and merge them</source>
        <translation>Comparer les fiches qui sont sans doute un même lieu, et les fusionner</translation>
    </message>
    <message>
        <source>Grouped by</source>
        <translation>Groupés par</translation>
    </message>
    <message>
        <source>Fix…</source>
        <translation>Corriger…</translation>
    </message>
    <message>
        <source>See what can be done about the chosen findings, or about all that are listed, and do it</source>
        <translation>Voir ce qui peut être fait pour les constats choisis, ou pour tous ceux de la liste, et le faire</translation>
    </message>
    <message>
        <source>Double-click a finding to see its site on the map and mend its field.</source>
        <translation>Double-cliquez un constat pour voir son site sur la carte et corriger son champ.</translation>
    </message>
</context>
<context>
    <name>DataForm</name>
    <message>
        <source>Store</source>
        <translation>Base de données</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Ouvrir…</translation>
    </message>
    <message>
        <source>Open a store; the arrow lists the recent ones</source>
        <translation>Ouvrir une base ; la flèche donne les plus récentes</translation>
    </message>
    <message>
        <source>New…</source>
        <translation>Nouvelle…</translation>
    </message>
    <message>
        <source>Create an empty store with its closed lists and the committee’s institutions</source>
        <translation>Créer une base vide avec ses listes fermées et les institutions du comité</translation>
    </message>
    <message>
        <source>Show on the map</source>
        <translation>Voir sur la carte</translation>
    </message>
    <message>
        <source>A .gpkg file can also be dropped here.</source>
        <translation>On peut aussi déposer ici un fichier .gpkg.</translation>
    </message>
    <message>
        <source>Import an institution’s table</source>
        <translation>Importer le tableau d’une institution</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Fichier</translation>
    </message>
    <message>
        <source>Sheet</source>
        <translation>Feuille</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>New records</source>
        <translation>Nouvelles fiches</translation>
    </message>
    <message>
        <source>A record with a blocking finding stays a draft in any case</source>
        <translation>Une fiche qui a un constat bloquant reste en brouillon dans tous les cas</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>Essayer</translation>
    </message>
    <message>
        <source>Read and check every row, and write nothing</source>
        <translation>Lire et contrôler chaque ligne, sans rien écrire</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importer</translation>
    </message>
    <message>
        <source>Save the report…</source>
        <translation>Rapport…</translation>
    </message>
    <message>
        <source>What the import found</source>
        <translation>Constats de l’import</translation>
    </message>
    <message>
        <source>Last import</source>
        <translation>Dernier import</translation>
    </message>
    <message>
        <source>Undo…</source>
        <translation>Annuler…</translation>
    </message>
    <message>
        <source>Add the store’s layers to the project, or show the whole country</source>
        <translation>Ajouter les couches de la base au projet, ou montrer tout le pays</translation>
    </message>
    <message>
        <source>Write exactly what the trial has shown</source>
        <translation>Écrire exactement ce que l’essai a montré</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Colonnes</translation>
    </message>
    <message>
        <source>The columns of the file and the fields that they feed</source>
        <translation>Les colonnes du fichier et les champs qu’elles alimentent</translation>
    </message>
    <message>
        <source>Column of the file</source>
        <translation>Colonne du fichier</translation>
    </message>
    <message>
        <source>Field that it feeds</source>
        <translation>Champ alimenté</translation>
    </message>
    <message>
        <source>Example</source>
        <translation>Exemple</translation>
    </message>
    <message>
        <source>Accept every proposal</source>
        <translation>Accepter toutes les propositions</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Lignes</translation>
    </message>
    <message>
        <source>Which rows are shown</source>
        <translation>Lignes affichées</translation>
    </message>
    <message>
        <source>What becomes of each row</source>
        <translation>Ce que devient chaque ligne</translation>
    </message>
    <message>
        <source>What the chosen row says, field by field</source>
        <translation>Ce que dit la ligne choisie, champ par champ</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>In the store</source>
        <translation>Dans la base</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>Dans le fichier</translation>
    </message>
    <message>
        <source>Findings</source>
        <translation>Constats</translation>
    </message>
    <message>
        <source>Import undone</source>
        <translation>Import annulé</translation>
    </message>
    <message>
        <source>What was edited since and stays</source>
        <translation>Ce qui a été modifié depuis et reste</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <source>What stays as it was edited</source>
        <translation>Ce qui reste tel que modifié</translation>
    </message>
    <message>
        <source>Tables to hand out</source>
        <translation>Modèles à remettre</translation>
    </message>
    <message>
        <source>Empty tables for an institution to fill in, with choices and help in French and Arabic.</source>
        <translation>Tableaux vides à faire remplir par une institution, avec listes de choix et aide en français et en arabe.</translation>
    </message>
    <message>
        <source>Templates</source>
        <translation>Modèles</translation>
    </message>
    <message>
        <source>Write the tables (XLSX) and their Table Schema (JSON) into a folder</source>
        <translation>Écrire les tableaux (XLSX) et leur Table Schema (JSON) dans un dossier</translation>
    </message>
    <message>
        <source>Headings</source>
        <translation>Titres</translation>
    </message>
    <message>
        <source>The row of the file that names its columns</source>
        <translation>La ligne du fichier qui nomme ses colonnes</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>Search: name, town, code, telephone…</source>
        <translation>Chercher : nom, ville, code, téléphone…</translation>
    </message>
    <message>
        <source>Search the sites</source>
        <translation>Chercher parmi les sites</translation>
    </message>
    <message>
        <source>Institution of the sites</source>
        <translation>Institution des sites</translation>
    </message>
    <message>
        <source>Region of the sites</source>
        <translation>Région des sites</translation>
    </message>
    <message>
        <source>State of the sites</source>
        <translation>Statut des sites</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>À vérifier</translation>
    </message>
    <message>
        <source>Only sites that were never verified, or not since their term</source>
        <translation>Seulement les sites jamais vérifiés, ou pas depuis leur échéance</translation>
    </message>
    <message>
        <source>The sites of the store</source>
        <translation>Les sites de la base</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>Ajouter</translation>
    </message>
    <message>
        <source>Add a site with one click on the map</source>
        <translation>Ajouter un site d’un clic sur la carte</translation>
    </message>
    <message>
        <source>Form…</source>
        <translation>Fiche…</translation>
    </message>
    <message>
        <source>Open the form of the site, checked as it is filled in</source>
        <translation>Ouvrir la fiche du site, contrôlée pendant la saisie</translation>
    </message>
    <message>
        <source>Verified today</source>
        <translation>Vérifié aujourd’hui</translation>
    </message>
    <message>
        <source>More</source>
        <translation>Plus</translation>
    </message>
    <message>
        <source>Move, split off, merge, close, services, photo, several sites at once</source>
        <translation>Déplacer, détacher, fusionner, fermer, services, photo, plusieurs sites à la fois</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Annuler</translation>
    </message>
    <message>
        <source>Take back the last edit that is not saved yet</source>
        <translation>Annuler la dernière modification qui n’est pas encore enregistrée</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Enregistrer</translation>
    </message>
    <message>
        <source>Write the edits of all layers into the store</source>
        <translation>Écrire dans la base les modifications de toutes les couches</translation>
    </message>
    <message>
        <source>Open a store in a database, by one of QGIS’s own connections</source>
        <translation>Ouvrir une base sur un serveur, par une des connexions de QGIS</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Couche</translation>
    </message>
    <message>
        <source>Import a layer of the project instead of a file</source>
        <translation>Importer une couche du projet au lieu d’un fichier</translation>
    </message>
    <message>
        <source>Field work</source>
        <translation>Terrain</translation>
    </message>
    <message>
        <source>A part of the store to edit without a network, in QGIS or QField, and to bring back.</source>
        <translation>Une partie de la base à modifier sans réseau, dans QGIS ou QField, puis à rapporter.</translation>
    </message>
    <message>
        <source>Take records along, bring them back, choose between two values</source>
        <translation>Emporter des fiches, les rapporter, choisir entre deux valeurs</translation>
    </message>
</context>
<context>
    <name>DockForm</name>
    <message>
        <source>Store in use</source>
        <translation>Base ouverte</translation>
    </message>
    <message>
        <source>Sites by institution and status</source>
        <translation>Sites par institution et par statut</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
    <message>
        <source>Published</source>
        <translation>Publiés</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>Brouillons</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>Fermés</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Avancement</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Annuler</translation>
    </message>
</context>
<context>
    <name>DuplicatesForm</name>
    <message>
        <source>Likely duplicates</source>
        <translation>Doublons probables</translation>
    </message>
    <message>
        <source>Pairs of records that are probably one place</source>
        <translation>Paires de fiches qui sont sans doute un même lieu</translation>
    </message>
    <message>
        <source>Likelihood</source>
        <translation>Vraisemblance</translation>
    </message>
    <message>
        <source>First record</source>
        <translation>Première fiche</translation>
    </message>
    <message>
        <source>Second record</source>
        <translation>Seconde fiche</translation>
    </message>
    <message>
        <source>What speaks for it</source>
        <translation>Ce qui le fait penser</translation>
    </message>
    <message>
        <source>The two records side by side: choose a value for each field</source>
        <translation>Les deux fiches côte à côte : choisissez une valeur pour chaque champ</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Fusionner…</translation>
    </message>
    <message>
        <source>Make one record of the two, with the values chosen</source>
        <translation>Faire une seule fiche des deux, avec les valeurs choisies</translation>
    </message>
    <message>
        <source>Two places…</source>
        <translation>Deux lieux…</translation>
    </message>
    <message>
        <source>These are two places: do not propose them again</source>
        <translation>Ce sont deux lieux : ne plus les proposer</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
    <message>
        <source>Undo a merge…</source>
        <translation>Annuler une fusion…</translation>
    </message>
    <message>
        <source>Make the two records of an earlier merge two again</source>
        <translation>Refaire deux fiches d’une fusion antérieure</translation>
    </message>
</context>
<context>
    <name>FixesForm</name>
    <message>
        <source>Fix findings</source>
        <translation>Corriger les constats</translation>
    </message>
    <message>
        <source>What would be changed</source>
        <translation>Ce qui serait modifié</translation>
    </message>
    <message>
        <source>Record</source>
        <translation>Fiche</translation>
    </message>
    <message>
        <source>Field</source>
        <translation>Champ</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>Avant</translation>
    </message>
    <message>
        <source>After</source>
        <translation>Après</translation>
    </message>
    <message>
        <source>Tick the sure ones</source>
        <translation>Cocher les sûres</translation>
    </message>
    <message>
        <source>Apply what is ticked</source>
        <translation>Appliquer ce qui est coché</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Fermer</translation>
    </message>
</context>
<context>
    <name>PrintForm</name>
    <message>
        <source>Regions</source>
        <translation>Régions</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Région</translation>
    </message>
    <message>
        <source>Published sites</source>
        <translation>Sites publiés</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Toutes</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Aucune</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Langue</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Print the A3 sheets</source>
        <translation>Imprimer les planches A3</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>Ouvrir le dossier</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Aperçu</translation>
    </message>
    <message>
        <source>Shows the sheet of the region chosen in the list</source>
        <translation>Montre la feuille de la région choisie dans la liste</translation>
    </message>
    <message>
        <source>Open in the layout designer</source>
        <translation>Ouvrir dans le composeur</translation>
    </message>
    <message>
        <source>Puts the sheet of the region chosen in the list into the project, to be retouched</source>
        <translation>Met la feuille de la région choisie dans la liste dans le projet, pour la retoucher</translation>
    </message>
    <message>
        <source>Charter</source>
        <translation>Charte</translation>
    </message>
    <message>
        <source>A file of colours, sizes, words and logos; empty: the plugin’s own</source>
        <translation>Un fichier de couleurs, de tailles, de mots et de logos ; vide : celui de l’extension</translation>
    </message>
    <message>
        <source>With the sheet of the country</source>
        <translation>Avec la feuille du pays</translation>
    </message>
    <message>
        <source>Sites</source>
        <translation>Sites</translation>
    </message>
</context>
<context>
    <name>PublishForm</name>
    <message>
        <source>Folder</source>
        <translation>Dossier</translation>
    </message>
    <message>
        <source>Base map</source>
        <translation>Fond de carte</translation>
    </message>
    <message>
        <source>Publish</source>
        <translation>Publier</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>Ouvrir la page</translation>
    </message>
    <message>
        <source>Report of the publication</source>
        <translation>Rapport de publication</translation>
    </message>
    <message>
        <source>Web address</source>
        <translation>Adresse web</translation>
    </message>
    <message>
        <source>https://… (for search engines; may be empty)</source>
        <translation>https://… (pour les moteurs de recherche ; facultatif)</translation>
    </message>
    <message>
        <source>What would change</source>
        <translation>Ce qui changerait</translation>
    </message>
    <message>
        <source>Back to the one before</source>
        <translation>Revenir à la précédente</translation>
    </message>
    <message>
        <source>Reports of errors</source>
        <translation>Erreurs signalées à</translation>
    </message>
    <message>
        <source>E-mail address (empty: each institution’s own)</source>
        <translation>Adresse électronique (vide : celle de chaque institution)</translation>
    </message>
</context>
<context>
    <name>ServicesForm</name>
    <message>
        <source>Services of a site</source>
        <translation>Services d’un site</translation>
    </message>
    <message>
        <source>Search the services</source>
        <translation>Chercher parmi les services</translation>
    </message>
    <message>
        <source>The services; those ticked are offered at the site</source>
        <translation>Les services ; ceux qui sont cochés sont offerts dans le site</translation>
    </message>
</context>
<context>
    <name>SiteForm</name>
    <message>
        <source>Sites near the new one</source>
        <translation>Sites proches du nouveau</translation>
    </message>
    <message>
        <source>Site nearby</source>
        <translation>Site proche</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Distance</translation>
    </message>
    <message>
        <source>A click leads to the field</source>
        <translation>Un clic mène au champ</translation>
    </message>
    <message>
        <source>What the rules say of this site</source>
        <translation>Ce que les règles disent de ce site</translation>
    </message>
</context>
<context>
    <name>StyleForm</name>
    <message>
        <source>Each institution has its own shape and colour, on the screen, on the page and on the sheets. A hollow symbol marks a position known only to the commune.</source>
        <translation>Chaque institution a sa forme et sa couleur, à l’écran, sur la page et sur les planches. Un symbole évidé signale une position connue seulement à la commune.</translation>
    </message>
    <message>
        <source>Symbols of the institutions</source>
        <translation>Symboles des institutions</translation>
    </message>
    <message>
        <source>Institution</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>Exact</source>
        <translation>Précis</translation>
    </message>
    <message>
        <source>Approximate</source>
        <translation>Approché</translation>
    </message>
    <message>
        <source>Restore the styles</source>
        <translation>Rétablir les styles</translation>
    </message>
    <message>
        <source>Give the layers of the project the plugin’s own symbols and labels again</source>
        <translation>Rendre aux couches du projet les symboles et étiquettes de l’extension</translation>
    </message>
    <message>
        <source>Symbols by</source>
        <translation>Symboles par</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Noms</translation>
    </message>
    <message>
        <source>Names from</source>
        <translation>Noms à partir de</translation>
    </message>
    <message>
        <source>Where points stack</source>
        <translation>Points superposés</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Appliquer</translation>
    </message>
    <message>
        <source>Give the layer of sites this style; every part of it may be changed afterwards</source>
        <translation>Donner ce style à la couche des sites ; tout peut ensuite être modifié</translation>
    </message>
    <message>
        <source>Keep in the store</source>
        <translation>Garder dans la base</translation>
    </message>
    <message>
        <source>Write the style of the sites into the store: every project made from it opens with it</source>
        <translation>Écrire le style des sites dans la base : tout projet fait à partir d’elle s’ouvre avec ce style</translation>
    </message>
    <message>
        <source>Save as a file…</source>
        <translation>Enregistrer un fichier…</translation>
    </message>
    <message>
        <source>Write the style of the sites into a file of QGIS (.qml)</source>
        <translation>Écrire le style des sites dans un fichier de QGIS (.qml)</translation>
    </message>
</context>
</TS>
