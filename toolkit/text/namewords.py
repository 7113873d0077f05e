"""Words by which rows of capitalised words are told apart: first names, common nouns, beginnings of sentences."""

from __future__ import annotations

from toolkit.text.tables import words

#: Capitalised common nouns: a row that holds one is an institution, a title or a place, not a person.
COMMON = words(
    """
    académie accord administration affaires afrique agence agenda alliance alpes amérique amériques antarctique
    arctique armée asie assemblée association atlantique autorité autorités avenue banque bataille belle
    bibliothèque boulevard bureau bureaux cabinet campagne canal cap caraïbes cellule centre chambre charte
    chronique code collectif collège comité commission communauté compagnie conférence confédération congrès conseil
    constitution convention corps côte cour criminalité crime croix danube déclaration département deuxième
    direction directive division douane douanes école église est état états europe exposition faculté fédération
    fonds fondation force forces forum front fleuve garde gendarmerie golfe grand grande groupe guerre haut haute
    hôpital hôtel île îles initiative institut internationale jeux journée journées justice lac ligue livre loi
    maison marine mer ministère mission mont moyen musée nation nations nobel nord nouveau nouvelle objectif
    objectifs observatoire océan office ordre organisation ouest pacifique pacte palais parc parlement parquet parti
    pays phare place plan point points pôle police pont port ports première premier prix projet programme proche
    protocole quai règlement région régional rencontre rencontres répertoire république réseau réunion rivière
    royaume rue saint sainte salle salon santé seconde secrétariat section sécurité semaine sénat service services
    siège société sommet stratégie sud syndicat traité tribunal troisième unies union unité université vieux ville
    virgin zone deputy directeur directrice secrétaire président présidente ministre chef général générale maire
    préfet préfète commissaire ambassadeur internationaux
    """
)
#: Days and months.
DAYS_AND_MONTHS = words(
    """
    lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre
    octobre novembre décembre
    """
)
#: Small and first words of a sentence that are no names.
STARTERS = words(
    """
    le la les un une des ce cet cette ces il elle ils elles on nous vous je qui que quoi selon pour par avec sans
    dans en au aux à de du d sur sous entre depuis pendant après avant lors chez vers mais et ou donc or ni car si
    comme quand lorsque tandis alors ainsi enfin puis aussi outre malgré grâce suite face son sa ses leur leurs
    notre nos votre vos mon ma mes plusieurs certains certaines chaque tout tous toute toutes aucun aucune quelques
    autre autres voici voilà interrogé interrogée sollicité sollicitée monsieur madame photo source contact crédit
    auteur texte traduction
    """
)
#: Common first names, folded: French ones and those that international releases hold.
FIRST_NAMES = words(
    """
    ABDEL ABDOU ABDOULAYE ADAM ADAMA ADELE ADRIEN AGATHE AGNES AHMED AICHA AISSATOU ALAIN ALBERT ALEX ALEXANDRA
    ALEXANDRE ALEXIS ALFRED ALI ALICE ALINE ALIX AMADOU AMELIE AMINA AMINATA ANA ANDRE ANDREA ANDREE ANDREW ANGELA
    ANGELE ANITA ANNA ANNE ANNICK ANNIE ANTHONY ANTOINE ANTONIO ARIANE ARMAND ARNAUD ARTHUR ASTRID AUDREY AUGUSTIN
    AURELIE AURELIEN AWA AXEL BAPTISTE BARBARA BASTIEN BEATRICE BENEDICTE BENJAMIN BENOIT BERNADETTE BERNARD
    BERTRAND BORIS BRIGITTE BRUNO CAMILLE CARINE CARLA CARLOS CAROLE CAROLINE CATHERINE CECILE CEDRIC CELINE CHANTAL
    CHARLES CHARLOTTE CHEIKH CHLOE CHRISTEL CHRISTELLE CHRISTIAN CHRISTINE CHRISTOPHE CLAIRE CLARA CLAUDE CLAUDIA
    CLAUDINE CLEMENCE CLEMENT COLETTE CORALIE CORENTIN CORINNE CYRIL DANIEL DANIELE DANIELLE DAVID DELPHINE DENIS
    DENISE DIANE DIDIER DOMINIQUE DONALD EDGAR EDITH EDMOND EDOUARD EDUARDO ELENA ELIANE ELISABETH ELIZABETH ELISE
    ELSA EMILE EMILIE EMMA EMMANUEL EMMANUELLE ERIC ERNEST ESTELLE ESTHER ETIENNE EVA EVE EVELYNE FABIEN FABIENNE
    FABRICE FANNY FATIMA FATOU FELIX FERNAND FERNANDO FLORENCE FLORIAN FRANCE FRANCESCO FRANCIS FRANCISCO FRANCK
    FRANCOIS FRANCOISE FRANK FREDERIC FREDERIQUE GABRIEL GABRIELLE GAELLE GASTON GENEVIEVE GEORGE GEORGES GERALD
    GERARD GILBERT GILLES GIOVANNI GISELE GREGOIRE GREGORY GUILLAUME GUSTAVE GUY HANS HASSAN HELENA HELENE HENRI
    HENRY HERVE HUBERT HUGO HUGUES IBRAHIM IBRAHIMA IGOR INES INGRID IRENE ISABELLE IVAN JACK JACQUELINE JACQUES
    JAMES JAN JANE JEAN JEANNE JEANNINE JENNIFER JEREMIE JEROME JESSICA JOANNA JOEL JOELLE JOHAN JOHN JONATHAN JORGE
    JOSE JOSEPH JOSETTE JOSIANE JUAN JUDITH JULES JULIA JULIE JULIEN JULIETTE JUERGEN JURGEN JUSTINE KARIM KARINE
    KARL KATIA KEVIN KHALED KOFI LAURA LAURE LAURENCE LAURENT LEA LEILA LEO LEON LILIANE LINDA LIONEL LISE LOIC
    LOUIS LOUISE LUC LUCAS LUCIE LUCIEN LUDOVIC LUIS LYDIA MADELEINE MAGALI MAMADOU MANUEL MARC MARCEL MARCO
    MARGARET MARGAUX MARGUERITE MARIA MARIAM MARIE MARINA MARINE MARIO MARION MARK MARTHE MARTIN MARTINE MARY
    MATHIEU MATHILDE MATTHIEU MAUD MAURICE MAX MAXIME MEHDI MICHAEL MICHEL MICHELE MICHELLE MICKAEL MIGUEL MIREILLE
    MOHAMED MOHAMMED MONIQUE MOUSSA MURIEL MUSTAPHA MYRIAM NADEGE NADIA NADINE NATHALIE NATHAN NELSON NICOLAS NICOLE
    NINA NOELLE NOEMIE NORA ODETTE ODILE OLGA OLIVIER OMAR OSCAR OUMAR OUSMANE PABLO PASCAL PASCALE PATRICE PATRICIA
    PATRICK PAUL PAULA PAULE PAULINE PEDRO PERRINE PETER PHILIPPE PIERRE PIERRETTE QUENTIN RACHEL RALPH RAPHAEL
    RAYMOND REBECCA REGINE REGIS REMI REMY RENAUD RENE RENEE RICARDO RICHARD ROBERT ROBERTO ROGER ROLAND ROMAIN ROSE
    ROXANE SABINE SABRINA SALIMA SALLY SAMIR SAMUEL SANDRA SANDRINE SARA SARAH SEBASTIEN SERGE SERGEI SERGIO
    SEVERINE SIDONIE SIMON SIMONE SOLANGE SOLENE SONIA SOPHIE STANISLAS STEFAN STELLA STEPHANE STEPHANIE STEPHEN
    STEVEN SUSAN SUZANNE SVEN SYLVAIN SYLVIE TATIANA THERESE THIBAULT THIERRY THOMAS TIMOTHEE TONY VALENTIN
    VALENTINE VALERIE VANESSA VERONIQUE VICTOR VICTORIA VINCENT VIOLETTE VIRGINIE VIVIANE VLADIMIR WALTER WERNER WIL
    WILLIAM XAVIER YANN YANNICK YOUSSEF YURI YURY YVAN YVES YVETTE YVONNE ZOE
    """
)
